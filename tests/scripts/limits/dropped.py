# Long chains of objects of every kind go away without using up the stack, in a thread too.
import _thread
import gc
import ucollections

DEPTH = 20000


class Node:
    pass


class Problem(Exception):
    pass


def closure(inner):
    return lambda: inner


def default(inner):
    return lambda x=inner: x


def generator(inner):
    yield inner


def started(inner):
    g = generator(inner)
    next(g)
    return g


async def coroutine(inner):
    return inner


def node(inner):
    n = Node()
    n.inner = inner
    return n


def problem(inner):
    p = Problem(inner)
    p.inner = inner
    return p


def ordered(inner):
    d = ucollections.OrderedDict()
    d[1] = inner
    return d


def queue(inner):
    d = ucollections.deque((), 1)
    d.append(inner)
    return d


Pair = ucollections.namedtuple("Pair", ("a", "b"))
MAKERS = [
    closure, default, generator, started, coroutine, node, problem, ordered, queue, enumerate, zip, staticmethod,
    classmethod, property, memoryview,
    lambda inner: [inner],
    lambda inner: (inner, 1),
    lambda inner: {1: inner},
    lambda inner: slice(inner, 1),
    lambda inner: iter([inner]),
    lambda inner: {1: inner}.values(),
    lambda inner: iter({1: inner}.items()),
    lambda inner: [inner].append,
    lambda inner: {1: inner}.get,
    lambda inner: Pair(inner, 1),
    lambda inner: OSError(1, inner),
    lambda inner: type("Class", (), {"inner": inner}),
    lambda inner: super(Node, node(inner)),
    lambda inner: map(inner, [1]),
    lambda inner: filter(inner, [1]),
]
FIRST = {enumerate: lambda: iter([]), zip: lambda: iter([]), memoryview: lambda: b"abc"}


def drop_all():
    for make in MAKERS:
        last = FIRST.get(make, lambda: None)()
        for i in range(DEPTH if make is not MAKERS[26] else 3000):
            last = make(last)
        last = None
    # All at once, of every kind.
    for i in range(DEPTH):
        make = MAKERS[i % len(MAKERS)]
        if make in FIRST or i % len(MAKERS) == 26:
            continue
        last = make(last)
    last = None
    # And in a cycle, which the collector takes.
    cycle = []
    last = cycle
    for i in range(DEPTH):
        last = node([last])
    cycle.append(last)
    last = cycle = None
    gc.collect()


drop_all()
print("main thread")
done = _thread.allocate_lock()
done.acquire()


def work():
    drop_all()
    print("thread")
    done.release()


_thread.start_new_thread(work, ())
done.acquire()
