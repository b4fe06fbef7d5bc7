# cell: the heap is finite: MemoryError, and memory goes on to be had when something is let go
# firmware: all
import gc


def out(f):
    try:
        f()
        print('enough')
    except MemoryError as e:
        print('MemoryError', str(e).startswith('memory allocation failed, allocating '))


def append():
    kept = []
    while True:
        kept.append(bytes(1000))


def small():
    kept = {}
    while True:
        kept[len(kept)] = (len(kept), str(len(kept)))


def double():
    s = 'ab'
    while True:
        s += s


def cycles():
    # What nobody can reach is no burden.
    for _ in range(300):
        a = [bytes(1000000)]
        a.append(a)


def chain():
    node = None
    while True:
        node = [node, 0.5 + len(str(node is None))]


out(lambda: bytearray(50 * 1024 * 1024))
out(lambda: [].extend(range(10 ** 9)))
for f in (append, small, double, chain, cycles, append):
    out(f)
before = gc.mem_alloc(), gc.mem_free()
kept = [bytes(100) for _ in range(20000)]
after = gc.mem_alloc(), gc.mem_free()
print(after[0] - before[0] > 2000000, before[1] - after[1] > 2000000, sum(after) == sum(before))
del kept
print(gc.mem_alloc() - before[0] < 100000)
