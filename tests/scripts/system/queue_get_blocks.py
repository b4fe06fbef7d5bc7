# cell: queue: get() blocks until an item
# firmware: all
import _thread
import utime
from queue import Queue

requests = Queue()
answers = Queue()


def work():
    while True:
        item = requests.get()
        answers.put(item * 2)
        if not item:
            break


_thread.start_new_thread(work, ())
for item in (1, 'a', 2.5):
    requests.put(item)
    print(answers.get())
# The worker waits by now.
utime.sleep_ms(20)
print(answers.empty(), requests.put(0), answers.get())
