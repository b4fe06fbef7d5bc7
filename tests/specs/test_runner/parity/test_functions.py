import pytest


def helper():
    return 1


def test_passes():
    assert helper() == 1


def test_fails():
    assert helper() == 2


def test_fails_with_message():
    assert helper() == 2, "no two"


def test_error_in_helper():
    def inner(x):
        raise ValueError("bad %d" % x)

    inner(3)


not_a_function = 3
test_not_callable = 4


def _test_hidden():
    assert False


def test_prints(capsys):
    print("hello")
    assert capsys.readouterr().out == "hello\n"
    print("more")
    captured = capsys.readouterr()
    assert captured.out == "more\n" and captured.err == ""


def test_default_argument(x=3):
    assert x == 3


@pytest.mark.parametrize("n", [1, 2, 3])
def test_numbers(n):
    assert n != 2


class TestClass:
    kind = "a"

    def test_method(self):
        assert self.kind == "a"

    def test_fresh_instance(self):
        assert not hasattr(self, "left")
        self.left = 1

    def test_fresh_instance_again(self):
        assert not hasattr(self, "left")

    @staticmethod
    def test_static():
        assert True

    def helper(self):
        assert False

    class TestInner:
        def test_inner(self):
            assert 1 in [2, 3]


class TestChild(TestClass):
    kind = "b"

    def test_own(self):
        assert self.kind == "b"


class Helper:
    def test_nothing(self):
        assert False
