# cell: heapq: heapify, heappush, heappop
# firmware: micropython
import heapq

h = [4, 3, 8, 9, 10, 2, 7, 11, 5]
heapq.heapify(h)
print(h)
for n in (1, 6, 12):
    heapq.heappush(h, n)
print(h, [heapq.heappop(h) for _ in range(len(h))], h)
for call in (lambda: heapq.heappop([]), lambda: heapq.heappush((), 1), lambda: heapq.heapify(1)):
    try:
        call()
    except (IndexError, TypeError) as e:
        print(type(e).__name__, e)


class Shrinks:
    """Empties the heap while it is compared."""

    def __lt__(self, other):
        h.clear()
        return True


h = [Shrinks() for _ in range(9)]
try:
    heapq.heapify(h)
except IndexError:
    pass
print(h)
