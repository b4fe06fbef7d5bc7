# cell: sys_bus: subscribe, publish
# firmware: all
import _thread
import sys_bus
from queue import Queue

calls = Queue()


def first(topic, msg):
    calls.put(('first', topic, msg, _thread.get_ident() != main))


def second(topic, msg):
    calls.put(('second', topic, msg, _thread.get_ident() != main))


def one_call():
    return calls.get()


main = _thread.get_ident()
print(sys_bus.subscribe('a', first), sys_bus.subscribe('a', second), sys_bus.subscribe('a', first))
print(sys_bus.subscribe(1, second))
print(sys_bus.publish('a', {'x': 1}))
for call in sorted([str(one_call()) for _ in range(3)]):
    print(call)
sys_bus.publish(1, None)
print(one_call())
print(sys_bus.publish('nobody', 0), calls.empty())
try:
    sys_bus.subscribe(None, first)
except KeyError:
    print('KeyError')
