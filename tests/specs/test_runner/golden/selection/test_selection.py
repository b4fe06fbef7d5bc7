import pytest


@pytest.mark.slow
def test_slow():
    pass


def test_fast():
    pass


class TestFast:
    @pytest.mark.parametrize("n", [1, 2])
    def test_method(self, n):
        assert n == 1


def test_last():
    assert False
