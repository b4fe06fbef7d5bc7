import pytest


@pytest.mark.skip
def test_skip():
    assert False


@pytest.mark.skip(reason="not now")
def test_skip_reason():
    assert False


@pytest.mark.skipif(True, reason="always")
def test_skipif():
    assert False


@pytest.mark.skipif(False, reason="never")
def test_not_skipif():
    pass


@pytest.mark.skipif("1 > 0", reason="text")
def test_skipif_text():
    assert False


def test_skip_inside():
    pytest.skip("inside")


@pytest.fixture
def skipping():
    pytest.skip("in a fixture")


def test_skip_in_fixture(skipping):
    pass


@pytest.mark.xfail
def test_xfail():
    assert False


@pytest.mark.xfail(reason="known")
def test_xpass():
    pass


@pytest.mark.xfail(strict=True, reason="must fail")
def test_xpass_strict():
    pass


@pytest.mark.xfail(raises=ValueError)
def test_xfail_raises():
    raise ValueError("x")


@pytest.mark.xfail(raises=ValueError)
def test_xfail_raises_other():
    raise TypeError("x")


@pytest.mark.xfail(run=False, reason="would hang")
def test_xfail_not_run():
    assert False


@pytest.mark.xfail(False, reason="does not hold")
def test_xfail_condition():
    pass


def test_xfail_inside():
    pytest.xfail("inside")


def test_fail():
    pytest.fail("failed on purpose")


def test_fail_short():
    pytest.fail("without trace", pytrace=False)


def test_importorskip():
    pytest.importorskip("no_such_module_anywhere", reason="it is not there")


@pytest.mark.slow
def test_slow(request):
    assert [m.name for m in request.node.iter_markers()] == ["slow"]


@pytest.mark.net
@pytest.mark.slow
class TestMarked:
    def test_in_class(self, request):
        assert request.node.get_closest_marker("net") is not None

    @pytest.mark.skip(reason="one of them")
    def test_skipped(self):
        pass
