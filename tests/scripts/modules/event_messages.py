# cell: event_message
# firmware: documented 2021 2025 2026
import _thread
from event_message import Event, EventManager

event = Event('test')
manager = EventManager()
manager.register_event(event)
done = _thread.allocate_lock()
done.acquire()


@event.add_handler_via()
def handler(**kwargs):
    message = kwargs['event_message']
    print(message.event_name, message.msg, message.callback, message.event is event)
    print(sorted(message.model_to_dict()))
    if message.msg == 'last':
        done.release()


def fails(**kwargs):
    raise ValueError


event.add_handler(fails)
print(manager.status, manager.start(), manager.start(), manager.status, len(event))
event.post(message='1111')
event.post('last', 'callback')
done.acquire()
print(manager.stop(), manager.status)


# Without a manager: at once, in this thread; StopIteration ends the round.
def stops(*args):
    raise StopIteration


other = Event('other', print)
other.add_handler(stops)
other.add_handler(lambda *args: print('never'))
other('a', 1)
other.post('nowhere')
other.fire('b')
other.remove_handler(stops)
other.clear()
print(len(other), other.name)
for wrong in (lambda: other.add_handler(5), lambda: manager.remove_event(event)):
    try:
        wrong()
    except (TypeError, AttributeError) as e:
        print(type(e).__name__)
own = EventManager()
own.register_event(other)
other.post('mine')
print(own.wait().msg)
