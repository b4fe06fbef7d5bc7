import pytest


class Thing:
    pass


def named():
    pass


@pytest.mark.parametrize(
    "value",
    [1, -2, 1.5, True, None, "text", "", "two words", b"bytes", "\n", "\u4e2d", Thing, named, [1], {"a": 1}, (1, 2), Thing()],
)
def test_ids(value):
    pass


@pytest.mark.parametrize("a, b", [(1, 2), (3, 4), pytest.param(5, 7, id="odd one"), pytest.param(1, 1, marks=pytest.mark.xfail)])
def test_pairs(a, b):
    assert a + 1 == b


@pytest.mark.parametrize("x", [0, 1])
@pytest.mark.parametrize("y", [2, 3])
def test_stacked(x, y):
    assert x < y


@pytest.mark.parametrize("x", [1, 2], ids=["first", None])
def test_given_ids(x):
    pass


@pytest.mark.parametrize("x", [1, 2], ids=lambda v: "v%d" % v)
def test_made_ids(x):
    pass


@pytest.mark.parametrize("x", [1, 1, 2])
def test_doubles(x):
    pass


@pytest.mark.parametrize("x", ["a", "a", "a0"])
def test_double_texts(x):
    pass


@pytest.mark.parametrize("x", [])
def test_empty(x):
    assert False


@pytest.mark.parametrize("transport", ["quic"], indirect=True)
def test_indirect(transport):
    assert transport == "quic"


@pytest.mark.parametrize("transport", ["direct"])
def test_direct_over_fixture(transport):
    assert transport == "direct"


@pytest.mark.parametrize("n", [1, 2])
class TestAll:
    def test_a(self, n):
        assert n

    @pytest.mark.parametrize("m", "xy")
    def test_b(self, n, m):
        assert m in "xy"


def test_fixture_params(transport):
    assert transport


def pytest_generate_tests(metafunc):
    if "generated" in metafunc.fixturenames:
        metafunc.parametrize("generated", [10, 20])


def test_generated(generated):
    assert generated in (10, 20)


@pytest.mark.parametrize("n", [1, 2], scope="module")
def test_scoped_a(n):
    pass


@pytest.mark.parametrize("n", [1, 2], scope="module")
def test_scoped_b(n):
    pass
