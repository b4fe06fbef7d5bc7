import usys


def test_takes_the_runner_away():
    for name in list(usys.modules):
        if "pytest" in name:
            usys.modules[name] = None
    assert 1 == 2


def test_that_comes_after():
    pass
