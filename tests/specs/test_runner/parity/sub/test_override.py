def test_override(base):
    assert base == 11


def test_autouse(request):
    assert request.node.was_here


def test_parametrized_fixture(transport):
    assert transport in ("tcp", "udp")
