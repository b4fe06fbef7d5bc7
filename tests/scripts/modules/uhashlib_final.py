# cell: uhashlib: digest() finalises: generation 2 on ValueError("hash is final"), generation 1 wrong data
# firmware: documented 2021 2025 2026 micropython
import uhashlib

hash = uhashlib.sha256(b'abc')
first = hash.digest()
for call in (hash.digest, lambda: hash.update(b'd')):
    try:
        print(call() == first)
    except ValueError as e:
        print(e)
