import pytest


@pytest.mark.parametrize('number', [1, 2, 3, 4])
def test_number(number):
    assert number > 3


def test_other():
    pass
