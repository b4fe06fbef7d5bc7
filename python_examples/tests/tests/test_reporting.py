"""With a broker of the test's own, and a network that fails when it is told to."""


def test_a_reading_is_published(sensor, broker):
    sensor.report()
    broker.wait_for(lambda b: b.published)
    assert broker.published == [('sensors/kitchen/celsius', b'21.5')]


def test_it_listens_to_commands(sensor, broker):
    sensor.connect()
    assert broker.subscriptions == ['sensors/kitchen/interval']
    assert broker.publish('sensors/kitchen/interval', '5') == 1
    sensor.client.wait_msg()
    assert sensor.interval == 5


def test_it_connects_again_after_the_broker_hung_up(sensor, broker):
    sensor.report()
    broker.wait_for(lambda b: b.published)
    broker.reset()
    while len(broker.published) < 2:
        sensor.report()
    assert sensor.attempts == 2


def test_it_waits_longer_each_time(sensor, link, board):
    link.refuse()
    begin = board.clock.up
    tries = []

    def attempt():
        tries.append(round(board.clock.up - begin))
        if len(tries) == 5:
            link.refuse(False)
        return connect()

    connect, sensor.connect = sensor.connect, attempt
    with board.clock.fast():
        sensor.report()
    assert tries == [0, 1, 6, 36, 66]


def test_a_name_that_cannot_be_looked_up(sensor, link, broker, monkeypatch):
    link.dns_failure()
    monkeypatch.setattr('utime.sleep', lambda seconds: link.restore())
    sensor.report()
    broker.wait_for(lambda b: b.published)
    assert sensor.attempts == 2
