"""The whole project, as the module runs it."""


def test_it_reports_after_power_on(script, broker):
    running = script.boot()
    broker.wait_for(lambda b: b.published)
    assert 'network 3 1' in running.output
    assert broker.published == [('sensors/kitchen/celsius', b'21.5')]


def test_it_waits_for_a_sim_card(script, broker, board):
    board.sim_out()
    running = script.boot()
    board.sim_in()
    running.wait_for('network 3 1')


def test_the_next_report_comes_after_a_minute(script, broker, board):
    with board.clock.fast():
        running = script.boot()
        broker.wait_for(lambda b: len(b.published) >= 3)
        running.stop()
    assert board.clock.up >= 120


def test_at_the_prompt(broker, serial):
    # The module is on from `serial` on: what it shall find comes before.
    broker.wait_for(lambda b: b.published)
    serial.interrupt()
    assert 'KeyboardInterrupt' in serial.expect('>>> ')
    assert serial.run('sensor.attempts') == '1\n'
