import pytest


def test_raises():
    with pytest.raises(ValueError):
        raise ValueError("x")


def test_raises_info():
    with pytest.raises(OSError) as info:
        raise OSError(5)
    assert info.type is OSError
    assert info.value.args[0] == 5


def test_raises_match():
    with pytest.raises(ValueError, match=r"bad \d+"):
        raise ValueError("a bad 12")


def test_raises_other_text():
    with pytest.raises(ValueError, match="good"):
        raise ValueError("bad")


def test_does_not_raise():
    with pytest.raises(ValueError):
        pass


def test_raises_another():
    with pytest.raises(ValueError):
        raise TypeError("another")


def test_raises_any_of():
    with pytest.raises((ValueError, TypeError)):
        raise TypeError("x")


def test_raises_call():
    pytest.raises(ValueError, int, "x")


def test_approx():
    assert 0.1 + 0.2 == pytest.approx(0.3)
    assert 1.0 != pytest.approx(1.1)
    assert [0.1 + 0.2, 1] == pytest.approx([0.3, 1])
    assert {"a": 0.1 + 0.2} == pytest.approx({"a": 0.3})
    assert 100 == pytest.approx(101, rel=0.02)
    assert 100 == pytest.approx(101, abs=1)


def test_not_approx():
    assert 1.0 == pytest.approx(1.1)


def test_not_approx_list():
    assert [1.0, 2.0] == pytest.approx([1.0, 2.5])
