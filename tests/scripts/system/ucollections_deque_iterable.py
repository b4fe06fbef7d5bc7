# cell: ucollections: deque(iterable), and what came after generation 1
# firmware: documented 2021 2025 2026
from ucollections import deque

try:
    d = deque([1, 2, 3, 4], 3)
    print(list(d), d[0], d[-1])
    d.appendleft('a')
    d.extend([5, 6])
    d[0] = 'first'
    print(list(d), d.pop(), d.popleft(), len(d))
except ValueError as e:
    print(repr(str(e)), hasattr(deque, 'pop'), hasattr(deque, 'extend'))
