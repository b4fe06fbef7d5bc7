import pytest
@pytest.fixture
def five():
    yield 5
    print("bye")

def f(x):
    return x + 1

def test_ok(five):
    assert five == 5

def test_bad(five):
    print("hello")
    assert f(five) == 5, "message"

@pytest.mark.parametrize("a,b", [(1, 2), (3, 4)])
def test_p(a, b):
    assert a + 1 == b

def test_raise():
    with pytest.raises(ValueError, match="abc"):
        raise ValueError("xabcx")
    {}["k"]

@pytest.mark.xfail
def test_x():
    assert 0
@pytest.mark.skip(reason="because")
def test_s():
    assert 0
class TestA:
    def test_m(self):
        assert "abc\ndef" == "abc\ndeg"


@pytest.fixture
def broken():
    raise ValueError("broken")


def test_error(broken):
    pass


def test_no_such_fixture(nope):
    pass


@pytest.mark.xfail(strict=True, reason="must fail")
def test_xpass():
    pass
