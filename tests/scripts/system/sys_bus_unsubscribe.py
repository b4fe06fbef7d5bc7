# cell: sys_bus: unsubscribe, sub_table
# firmware: all
import sys_bus


def a(topic, msg):
    pass


def b(topic, msg):
    pass


def attempt(call, *args):
    try:
        return call(*args)
    except Exception as e:
        return type(e).__name__


sys_bus.subscribe('t', a)
sys_bus.subscribe('t', b)
sys_bus.subscribe('u', b)
print(sys_bus.sub_table() == {'t': [a, b], 'u': [b]}, sys_bus.sub_table('t') == [a, b])
print(attempt(sys_bus.sub_table, 'v'))
sys_bus.sub_table().clear()
print(len(sys_bus.sub_table()))
print(attempt(sys_bus.unsubscribe, 't', a), sys_bus.sub_table('t') == [b])
print(attempt(sys_bus.unsubscribe, 't', a))
print(attempt(sys_bus.unsubscribe, 'u'), attempt(sys_bus.sub_table, 'u'))
print(attempt(sys_bus.unsubscribe, 'u'), attempt(sys_bus.unsubscribe, 'v', a))
