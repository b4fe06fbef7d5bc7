import pytest


def test_first():
    pass


def test_enough():
    pytest.exit('enough', 7)
