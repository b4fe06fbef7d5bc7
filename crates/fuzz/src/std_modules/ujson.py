import ujson


def check(data):
    try:
        value = ujson.loads(data)
    except (ValueError, RuntimeError):
        return None
    except TypeError as e:
        # A list or a dict as a key.
        assert 'unsupported type for __hash__' in str(e), e
        return None
    text = ujson.dumps(value)
    if 'inf' in text or 'nan' in text:
        # Numbers that JSON does not have; or texts.
        return text
    again = ujson.dumps(ujson.loads(text))
    assert ujson.dumps(ujson.loads(again)) == again, (text, again)
    return text
