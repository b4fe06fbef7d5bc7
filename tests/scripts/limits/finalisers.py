# firmware: all
# No MicroPython runs `__del__` of a script's class, nor `finally` of a generator that is left early.
import gc


class Plain:
    def __del__(self):
        print("never")
        raise ValueError("never")


class Derived(Plain):
    pass


class OfList(list):
    def __del__(self):
        print("never")


class OfException(Exception):
    def __del__(self):
        print("never")


class Later:
    pass


Later.__del__ = lambda self: print("never")


class Again:
    def __del__(self):
        Again()


def generator():
    try:
        yield 1
    finally:
        print("finally")
        raise ValueError("in finally")


def leave(n):
    for i in range(n):
        Plain(), Derived(), OfList(), OfException(), Later(), Again()
        for x in generator():
            break
        g = generator()
        next(g)
        cycle = [Plain(), Derived()]
        cycle.append(cycle)


leave(3)
gc.collect()
print("left")

# What is asked for runs.
g = generator()
next(g)
try:
    g.close()
except ValueError as e:
    print(e)
Later().__del__()


async def task():
    try:
        await Waiting()
    finally:
        print("finally of a task")


class Waiting:
    def __await__(self):
        yield 1

    __iter__ = __await__


t = task()
print(t.send(None))
t = None
gc.collect()
print("end")
