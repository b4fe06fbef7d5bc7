import pytest


@pytest.fixture
def base(base):
    return base + 1


@pytest.fixture(autouse=True)
def always(request):
    request.node.was_here = True
    yield
