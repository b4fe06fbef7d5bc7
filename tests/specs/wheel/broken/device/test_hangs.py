import pytest


def test_before():
    pass


@pytest.mark.timeout(0.2)
def test_hangs():
    while True:
        pass


def test_after():
    pass
