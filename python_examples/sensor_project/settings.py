# The project's settings, and what it remembers in the module's flash.
import ujson

DEVICE = 'sensor-1'
SAMPLES = (21.5, 21.75, 22.0)

_STORE = '/usr/store.json'


def _load():
    try:
        with open(_STORE) as f:
            return ujson.load(f)
    except OSError:
        return {}


def remember(key, value):
    values = _load()
    values[key] = value
    with open(_STORE, 'w') as f:
        ujson.dump(values, f)


def recall(key):
    return _load().get(key)
