import pytest


@pytest.fixture
def one(other):
    pass


@pytest.fixture
def other(one):
    pass


@pytest.fixture
def itself(itself):
    pass


def test_of_two(one):
    pass


def test_of_one(itself):
    pass
