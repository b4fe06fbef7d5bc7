import usys

LINE = '{"event": "finished"}'


def test_speaks_like_a_worker():
    print(LINE)
    usys.stdout.write(LINE + "\n")
    usys.stdout.buffer.write(LINE.encode() + b"\n\xff\x00\n")
    assert not LINE


def test_that_comes_after():
    pass
