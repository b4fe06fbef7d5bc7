import pytest
import usys
from usr import main

seen = []


def test_passes(network):
    assert usys.platform and main.VERSION == 7
    seen.append(1)


def test_same_board_and_file():
    assert seen == [1], 'one process for the file'


def test_fails(network):
    print('what the script printed')
    answer = [1, 2, 3]
    assert answer == [1, 2, 4]


@pytest.mark.parametrize('text, length', [('a', 1), ('b::c', 4), ('[d]', 3)])
def test_parameters(text, length):
    assert len(text) == length


@pytest.mark.skip(reason='no such hardware')
def test_skipped():
    assert False


def test_skips_itself():
    pytest.skip('not today')


@pytest.mark.xfail(reason='known')
def test_expected_failure():
    assert 0


@pytest.mark.xfail
def test_unexpected_pass():
    pass


@pytest.mark.xfail(strict=True, reason='must fail')
def test_strict():
    pass


def test_set_up_fails(broken):
    pass


def test_tear_down_fails(breaks_at_its_end):
    pass


@pytest.mark.slow
@pytest.mark.kind('radio')
class TestClass:
    def test_method(self, board):
        board.sim_out()

    class TestInner:
        def test_inner(self):
            raise KeyError('k')


def test_property(record_property):
    record_property('board', 'EC600N')
