# cell: --heap
# options: --heap 2M
# exit: 1
# stderr: MemoryError: memory allocation failed, allocating
kept = []
try:
    while True:
        kept.append(bytes(1000))
except MemoryError:
    print(1000 < len(kept) < 2200)
    del kept
print(len(bytes(1000000)))
bytes(3000000)
