import utime


def test_second():
    utime.sleep_ms(1)


class TestTogether:
    made = []

    def test_first(self):
        self.made.append(1)

    def test_then(self):
        assert self.made == [1]
