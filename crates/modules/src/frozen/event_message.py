# event_message: messages that a thread hands to the handlers of an event. Source: the published firmware of generation
# 1, core/event_message.py; model_to_dict() is of the vendor's example.
import _thread


class EventMessageObject:
    def __init__(self, event, msg, callback=None):
        self._event = event
        self._msg = msg
        self._callback = callback

    @property
    def event(self):
        return self._event

    @property
    def event_name(self):
        return self._event.name

    @property
    def msg(self):
        return self._msg

    @property
    def callback(self):
        return self._callback

    def model_to_dict(self):
        return {'name': self.event_name, 'event': self._event, 'msg': self._msg, 'callback': self._callback}

    def apply(self):
        self._event(event_message=self)


class Queue:
    def __init__(self):
        self.items = []

    def enqueue(self, item):
        self.items.append(item)

    def dequeue(self):
        return self.items.pop(0)

    def size(self):
        return len(self.items)

    def empty(self):
        return not self.items


class Event(list):
    """Its handlers, in the order in which they are called."""

    def __init__(self, name, *handlers):
        self.extend(handlers)
        self.event_manager = None
        self._name = name

    @property
    def name(self):
        return self._name

    def add_handler(self, handler):
        if not callable(handler):
            raise TypeError("'%s' is not callable." % handler)
        self.append(handler)
        return handler

    def add_handler_via(self):
        return self.add_handler

    def remove_handler(self, handler):
        self.remove(handler)

    def post(self, message, callback=None):
        """To the manager's thread; nowhere without a manager."""
        if self.event_manager is not None:
            self.event_manager.post_msg(EventMessageObject(self, message, callback))

    def fire(self, *args, **kwargs):
        """Calls the handlers here and now; StopIteration ends the round, other exceptions are dropped."""
        for handler in self:
            try:
                handler(*args, **kwargs)
            except StopIteration:
                break
            except Exception:
                pass

    def __call__(self, *args, **kwargs):
        self.fire(*args, **kwargs)


class EventManager:
    def __init__(self):
        self._messages = Queue()
        self._active = 0
        self._posting = _thread.allocate_lock()
        # Held while there is nothing to do.
        self._idle = _thread.allocate_lock()
        self._idle.acquire()

    @property
    def status(self):
        return self._active

    def register_event(self, event):
        event.event_manager = self

    def remove_event(self, event):
        # A name that no event has, so this raises AttributeError, as the firmware's does.
        event.event_managers.remove(self)

    def start(self):
        if not self._active:
            self._active = 1
            _thread.start_new_thread(self.run, ())
        return self._active

    def stop(self):
        if self._active:
            self._active = 0
            self._wake()
        return self._active

    def run(self):
        self._active = 1
        while self._active:
            self._idle.acquire()
            for _ in range(self._messages.size()):
                self._messages.dequeue().apply()

    def wait(self):
        """The next message, for a script that handles them itself."""
        self._idle.acquire()
        return self._messages.dequeue()

    def send(self, em):
        """Queues a message without waking the thread."""
        self._messages.enqueue(em)

    def post_msg(self, em):
        with self._posting:
            self.send(em)
        self._wake()

    def _wake(self):
        # Two that wake at once must not release it twice.
        with self._posting:
            if self._idle.locked():
                self._idle.release()
