import pytest

order = []


@pytest.fixture
def one():
    order.append("one up")
    yield 1
    order.append("one down")


@pytest.fixture
def two(one):
    order.append("two up")
    yield one + 1
    order.append("two down")


@pytest.fixture(scope="module")
def module_wide():
    order.append("module up")
    yield {}
    order.append("module down")


@pytest.fixture(scope="module", params=["a", "b"], ids=lambda p: "letter " + p)
def letter(request):
    order.append("letter %s up" % request.param)
    yield request.param
    order.append("letter %s down" % request.param)


@pytest.fixture
def finalized(request):
    request.addfinalizer(lambda: order.append("first"))
    request.addfinalizer(lambda: order.append("second"))
    return "finalized"


@pytest.fixture
def broken():
    raise ValueError("broken fixture")


@pytest.fixture
def broken_later():
    yield 1
    raise ValueError("broken in the end")


@pytest.fixture(name="renamed")
def some_other_name():
    return "renamed"


def test_two(two):
    assert two == 2
    assert order == ["one up", "two up"]


def test_after_two():
    assert order == ["one up", "two up", "two down", "one down"]


def test_module_wide(module_wide):
    module_wide["seen"] = 1


def test_module_wide_again(module_wide):
    assert module_wide == {"seen": 1}


def test_letter(letter):
    assert letter in "ab"


def test_letter_again(letter):
    assert order[-1] == "letter %s up" % letter


def test_letters_once():
    assert order.count("letter a up") == 1


def test_finalized(finalized):
    assert finalized == "finalized"


def test_finalizers_ran():
    assert order[-2:] == ["second", "first"]


def test_broken(broken):
    assert False


def test_broken_later(broken_later):
    assert broken_later == 1


def test_both_fail(broken_later):
    assert broken_later == 2


def test_renamed(renamed):
    assert renamed == "renamed"


def test_request(request, base):
    assert request.getfixturevalue("two") == 2
    assert request.node.name == "test_request"
    assert request.function.__name__ == "test_request"
    assert request.cls is None
    assert base == 10


def test_session(shared):
    assert shared[-1] == "shared up"


class TestScope:
    made = []

    @pytest.fixture(scope="class")
    def per_class(self):
        self.made.append("up")
        yield len(self.made)

    @pytest.fixture(autouse=True)
    def before_each(self):
        self.value = 5

    def test_a(self, per_class):
        assert per_class == 1 and self.value == 5

    def test_b(self, per_class):
        assert per_class == 1

    def test_cls(self, request):
        assert request.cls is TestScope and request.instance is self


@pytest.mark.usefixtures("one")
def test_usefixtures():
    assert order[-1] == "one up"
