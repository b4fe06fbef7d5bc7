# The module's: CPython could not import it.
import checkNet
import pytest


@pytest.fixture(scope='module')
def network():
    print('made once for the file')
    return checkNet.CheckNetwork('name', '1.0')


@pytest.fixture
def broken():
    raise OSError(5)


@pytest.fixture
def breaks_at_its_end():
    yield
    raise ValueError('at its end')
