# What is absurdly large raises MemoryError before anything of it is taken; the numbers are those of MicroPython's unix port.
def attempt(act):
    try:
        print(len(act()))
    except (MemoryError, OverflowError) as e:
        print(repr(e))


attempt(lambda: "a" * 10**10)
attempt(lambda: b"ab" * 10**10)
attempt(lambda: [1] * 10**10)
attempt(lambda: (1,) * 10**10)
attempt(lambda: "a" * 2**62)
attempt(lambda: bytearray(10**10))
attempt(lambda: "a".center(10**9))
attempt(lambda: ("a" * 10**6).replace("a", "b" * 10**6))
attempt(lambda: b"a" * 10**6 + bytes(10**10))
attempt(lambda: ("b" * 10**6).join(["a"] * 10**5))
attempt(lambda: ("b" * 10**6).join("a" for i in range(10**5)))
attempt(lambda: (1).to_bytes(10**10, "big"))
print("numbers")
attempt(lambda: 1 << 10**10)
attempt(lambda: 1 << 2**62)
attempt(lambda: 10 ** 10**9)
attempt(lambda: 3 ** 10**8)
print("other sizes")


def refused(act):
    try:
        print(len(act()))
    except MemoryError as e:
        print(str(e).split(", allocating")[0] if e.args else "empty")


refused(lambda: list(range(10**9)))
refused(lambda: tuple(range(10**9)))
refused(lambda: set(range(10**9)))
refused(lambda: frozenset(range(10**9)))
refused(lambda: bytes(range(10**9)))
refused(lambda: bytearray(range(10**9)))
refused(lambda: [].extend(range(10**9)))
refused(lambda: set().update(range(10**9)))
refused(lambda: "%9999999999d" % 1)
refused(lambda: "%*d" % (2**31 - 1, 1))
refused(lambda: "%s %-2147483647s" % ("a", "b"))
refused(lambda: "{:>999999999}".format(1))
refused(lambda: "{:.2147483647f}".format(1.0))
refused(lambda: f"{1:999999999}")
l = ["a" * 10**5]
for i in range(60):
    l = [l, l]
refused(lambda: repr(l))
import ujson
import ure
refused(lambda: ujson.dumps(l))
refused(lambda: ure.sub("a", "b" * 10**6, "a" * 10**6))
print("what fits")
print(len("a" * 10**7), len(list(range(10**5))), len("%100000d" % 1), len("{:100000}".format(1)))
print(len(("a" * 10**4).replace("a", "bb")), len("ab".replace("", "-")), len("-".join(["a"] * 1000)))
print((1 << 10**6) >> 10**6, 1 ** 10**20, 0 ** 10**20, (-1) ** (10**20 + 1), 2 ** -1, True << 3, 2 ** True)
