# sys_bus: messages by topic to whoever subscribed. Source: the module contract, system, sys_bus.
import _quecpy_firmware
import _thread

_topics = {}
_guard = _thread.allocate_lock()


def subscribe(topic, cb):
    if topic is None:
        raise KeyError(topic)
    with _guard:
        _topics.setdefault(topic, []).append(cb)


def _callbacks(topic):
    with _guard:
        return list(_topics.get(topic, ()))


def publish(topic, msg):
    for cb in _callbacks(topic):
        _thread.start_new_thread(cb, (topic, msg))


publish_async = publish


def publish_sync(topic, msg):
    for cb in _callbacks(topic):
        cb(topic, msg)


def unsubscribe(topic, cb=None):
    with _guard:
        if cb is None:
            del _topics[topic]
            found = True
        else:
            found = _take_out(_topics[topic], cb)
    return found if _quecpy_firmware.bus_tells else None


def _take_out(callbacks, cb):
    if cb not in callbacks and _quecpy_firmware.bus_tells:
        return False
    callbacks.remove(cb)
    return True


def sub_table(topic=None):
    with _guard:
        if topic is None:
            return {name: list(callbacks) for name, callbacks in _topics.items()}
        return list(_topics[topic])
