log = []


def setup_module(module):
    log.append("module " + module.__name__)


def setup_function(function):
    log.append("function " + function.__name__)


def teardown_function():
    log.append("after function")


def test_first():
    assert log == ["module test_xunit", "function test_first"]


def test_second():
    assert log[2:] == ["after function", "function test_second"]


class TestMethods:
    @classmethod
    def setup_class(cls):
        cls.seen = []

    def setup_method(self, method):
        self.seen.append(method.__name__)

    def teardown_method(self):
        self.seen.append("down")

    def test_one(self):
        assert self.seen == ["test_one"]

    def test_two(self):
        assert self.seen == ["test_one", "down", "test_two"]
