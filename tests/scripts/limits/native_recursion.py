# firmware: documented 2021
# options: --heap 512M
# Long chains of objects end in RuntimeError, wherever the stack would not suffice.
import _thread

DEPTH = 30000


class Item:
    def method(self, *args):
        return self


class Reader(enumerate):
    pass


class Chosen:
    def __init__(self, inner):
        self.inner = inner

    def __len__(self):
        return 1

    def __getitem__(self, i):
        if i:
            raise IndexError
        return next(self.inner)


def generator(inner):
    for x in inner:
        yield x


def delegate(inner):
    yield from inner


def chain(make, first):
    for i in range(DEPTH):
        first = make(first)
    return first


try:
    reversed
except NameError:
    # Not in every firmware.
    reversed = iter

CHAINS = [
    ("enumerate", enumerate, lambda: iter([1])),
    ("derived", Reader, lambda: iter([1])),
    ("map", lambda inner: map(id, inner), lambda: iter([1])),
    ("filter", lambda inner: filter(None, inner), lambda: iter([1])),
    ("zip", zip, lambda: iter([1])),
    ("reversed", lambda inner: reversed(Chosen(inner)), lambda: iter([1])),
    ("sequence", lambda inner: iter(Chosen(inner)), lambda: iter([1])),
    ("callable", lambda inner: iter(inner.__next__, None), lambda: iter([1])),
    ("generator", generator, lambda: iter([1])),
    ("yield from", delegate, lambda: iter([1])),
    ("expression", lambda inner: (x for x in inner), lambda: iter([1])),
]


def attempt(name, act):
    try:
        act()
        print(name, "done")
    except RuntimeError as e:
        print(name, e)


def all():
    for name, make, first in CHAINS:
        last = chain(make, first())
        attempt(name, lambda: next(last))
        # It is dropped here, and once more as it was made.
        last = chain(make, first())
    error = chain(lambda inner: ValueError(inner), ValueError(1))
    attempt("str", lambda: str(error))
    attempt("repr", lambda: repr(error))
    calls = chain(lambda inner: iter(inner, None).__next__, lambda: 1)
    attempt("call", calls)
    made = chain(lambda inner: type("Class", (), {"__new__": inner}), lambda *args: 1)
    attempt("new", made)


all()
done = _thread.allocate_lock()
done.acquire()


def work():
    attempt("thread", lambda: next(chain(enumerate, iter([1]))))
    done.release()


_thread.start_new_thread(work, ())
done.acquire()
print(list(enumerate(zip(map(abs, filter(None, iter([-1, 0, 2])))))))
