# cell: ucollections: deque
# firmware: all
from ucollections import deque

d = deque((), 3)
print(len(d), bool(d))
for i in range(5):
    d.append(i)
print(len(d), bool(d), d.popleft(), d.popleft(), d.popleft())
strict = deque((), 1, 1)
strict.append('a')


def attempt(call, *args):
    try:
        print(call(*args))
    except Exception as e:
        print(type(e).__name__, e)


attempt(d.popleft)
attempt(strict.append, 'b')
attempt(strict.popleft)
try:
    deque(())
except TypeError:
    print('TypeError')
