import pytest

log = []


@pytest.fixture
def base():
    return 10


@pytest.fixture(scope="session")
def shared():
    log.append("shared up")
    yield log
    log.append("shared down")


@pytest.fixture(params=["tcp", "udp"])
def transport(request):
    return request.param
