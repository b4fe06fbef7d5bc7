import ure


def check(data):
    at = data.find(b'\xfe')
    pattern, text = (data[:at], data[at + 1:]) if at >= 0 else (data, b'')
    try:
        regex = ure.compile(pattern)
    except ValueError:
        return
    found = regex.search(text)
    assert found is None or found.group(0) in text, found.group(0)
    at_start = regex.match(text)
    assert at_start is None or text.startswith(at_start.group(0))
    # What matches at the start is found first.
    assert at_start is None or found.group(0) == at_start.group(0)
    if found is not None and found.group(0):
        assert len(ure.sub(regex, b'', text)) < len(text)
    else:
        assert ure.sub(regex, b'x', text) == text
    assert ure.sub(regex, '\\g<0>', text) == text
    try:
        parts = regex.split(text)
    except NotImplementedError:
        return
    at = 0
    for part in parts:
        at = text.find(part, at)
        assert at >= 0
        at += len(part)
