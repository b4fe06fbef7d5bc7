def f(x=1):
    return x


class Thing:
    size = 3

    def __repr__(self):
        return "<thing>"

    def double(self, n):
        return 2 * n


thing = Thing()
number = 7


def test_ints():
    assert 1 == 2


def test_names():
    a, b = 1, 2
    assert a > b


def test_global():
    assert number == 8


def test_text():
    assert "hello world" == "hello there"


def test_lines():
    assert "one\ntwo\nthree" == "one\ntoo\nthree"


def test_long_text():
    assert "x" * 60 + "a" == "x" * 60 + "b"


def test_bytes():
    assert b"\x01\x02\x03" == b"\x01\x05\x03"


def test_bytes_length():
    assert b"abc" == b"ab"


def test_list():
    assert [1, 2, 3] == [1, 5, 3]


def test_longer_list():
    assert [1, 2, 3, 4] == [1, 2]


def test_shorter_list():
    assert [1] == [1, 2]


def test_dict():
    assert {"a": 1, "b": 2, "c": 3} == {"a": 1, "b": 5, "d": 4}


def test_set():
    assert {1, 2} == {2, 3}


def test_set_parts():
    assert {1} >= {2}


def test_tuple():
    assert (1, "a") == (1, "b")


def test_nested():
    assert [[1, 2], [3]] == [[1, 2], [4]]


def test_in():
    assert 5 in [1, 2, 3]


def test_not_in():
    assert 2 not in [1, 2, 3]


def test_text_in():
    assert "x" in "abc"


def test_text_not_in():
    assert "b" not in "abc"


def test_call():
    assert f(3) == 4


def test_call_keyword():
    assert f(x=3) == 4


def test_call_alone():
    assert f(0)


def test_calls():
    assert f(f(1)) == f(2)


def test_attribute():
    assert thing.size == 4


def test_local_attribute():
    t = thing
    assert t.size == 4


def test_not():
    x = 3
    assert not x


def test_and():
    a, b = 1, 0
    assert a and b


def test_or():
    a, b = 0, []
    assert a or b


def test_and_compared():
    a = 5
    assert a > 3 and a < 4


def test_chain():
    a = 5
    assert 1 < a < 4


def test_arithmetic():
    a = 2
    assert a + 1 == a * 2


def test_minus():
    a = 2
    assert -a == 2


def test_is():
    x = None
    assert x is not None


def test_is_none():
    x = 3
    assert x is None


def test_subscript():
    d = {"k": [1, 2]}
    assert d["k"][0] == 2


def test_star():
    args = (4,)
    assert f(*args) == 5


def test_conditional():
    x = 1
    assert x if x > 2 else 0


def test_comprehension():
    assert [x * 2 for x in [1, 2]] == [2, 5]


def test_message():
    assert f(1) == 2, "because"


def test_message_of_parts():
    x = 1
    assert x == 2, "x is %d" % x


def test_message_object():
    assert 1 == 2, ("a", 1)


def test_many_lines():
    a = 1
    assert (
        a
        == 2
    )


def test_isinstance():
    assert isinstance(3, str)


def test_in_loop():
    for i in range(3):
        assert i != 1


def test_float():
    assert 0.1 + 0.2 == 0.3


def test_escapes():
    assert "a\tb" == "a b"


def test_empty_text():
    assert "" == "x"


def test_long_list():
    assert list(range(20)) == list(range(1, 21))


def test_none_text():
    assert None == "None"


def test_bool():
    assert True == False


def test_walrus():
    assert (n := f(2)) == 3


def test_false():
    assert False


def test_zero():
    assert 0, "zero"
