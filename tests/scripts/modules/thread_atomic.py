# cell: GIL: operations on one list, dict, bytearray and attribute from many threads
import _thread

THREADS = 8
ROUNDS = 2000


class Shared:
    count = 0


items = []
stack = []
table = {}
data = bytearray()
shared = Shared()
errors = []
done = _thread.allocate_semphore(THREADS)


def work(number):
    try:
        for i in range(ROUNDS):
            items.append(number)
            items.remove(number)
            table[i % 16] = number
            table.pop(i % 16, None)
            data.extend(b'x')
            stack.append(number)
            stack.pop()
    except Exception as e:
        errors.append(e)
    done.release()


for _ in range(THREADS):
    done.acquire()
for number in range(THREADS):
    _thread.start_new_thread(work, (number,))
for _ in range(THREADS):
    done.acquire()
print(errors, len(items), len(stack), len(data) == THREADS * ROUNDS)
