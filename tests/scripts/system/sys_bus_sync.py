# cell: sys_bus: publish_sync, publish_async
# firmware: documented 2025 2026 micropython
import _thread
import sys_bus
from queue import Queue

calls = Queue()
main = _thread.get_ident()


def callback(topic, msg):
    calls.put((topic, msg, _thread.get_ident() == main))


sys_bus.subscribe('t', callback)
print(sys_bus.publish_sync('t', 1), calls.size(), calls.get())
print(sys_bus.publish_async('t', 2), calls.get())
