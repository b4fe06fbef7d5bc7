# cell: queue: maxsize + 1 items, order, None, empty, size, clear
# firmware: all
from queue import Queue

queue = Queue(2)
print(queue.maxsize, Queue().maxsize, Queue(maxsize=7).maxsize)
print(queue.empty(), queue.size())
print([queue.put(item) for item in ('a', 'b', 'c', 'd')], queue.size(), queue.empty())
print([queue.get() for _ in range(3)], queue.size(), queue.empty())
print(queue.put(), queue.put(item=1), queue.get(), queue.get())
queue.put('x')
print(queue.clear(), queue.empty(), queue.put('y'), queue.get())
print([name for name in ('get_nowait', 'qsize', 'task_done', 'full') if hasattr(queue, name)])
