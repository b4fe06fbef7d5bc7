# cell: urandom, errors; no shuffle, sample, gauss, randbytes
# firmware: all
import urandom


def error(call, *args):
    try:
        return call(*args)
    except Exception as e:
        return type(e).__name__, e.args


print(error(urandom.getrandbits, 33), error(urandom.getrandbits, -1)[0], error(urandom.getrandbits, 1.5))
print(error(urandom.choice, []), error(urandom.choice, 5)[0], error(urandom.choice, {1: 2}))
print(error(urandom.randint, 5, 1), error(urandom.randint, 1.5, 2), error(urandom.randint, 1, 2 ** 40)[0])
print(error(urandom.randrange, 0), error(urandom.randrange, 5, 5), error(urandom.randrange, -5))
print(error(urandom.randrange, 1, 10, 0), error(urandom.randrange, 1, 10, -1), error(urandom.randrange, 10, 1, 1))
print(error(urandom.uniform, 'a', 2)[0], error(urandom.seed, 'a')[0], urandom.seed(), urandom.seed(None))
print([hasattr(urandom, name) for name in ('shuffle', 'sample', 'gauss', 'randbytes')])
urandom.seed()
print(all(0 <= urandom.random() < 1 and 1 <= urandom.randint(1, 3) <= 3 for _ in range(200)))
