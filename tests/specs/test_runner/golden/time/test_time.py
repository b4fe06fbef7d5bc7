"""Time has one owner: whatever waits, sleeps or fires goes by it, under `forward` and under `fast`.

Times are long, and told in units of 100 seconds: what the host itself takes in real time is far from half of that.
"""
import _thread
import dataCall
import net
import osTimer
import pytest
import sys_bus
import uasyncio
import uselect
import usocket
import utime
from machine import RTC, Timer
from queue import Queue

pass_time = pytest.mark.parametrize("how", ["forward", "fast"])
UNIT = 100
MS = UNIT * 1000


@pytest.fixture(autouse=True)
def online(board):
    "Some time after power-on, whichever test is the first."
    if not board.online:
        board.clock.forward(UNIT)


def let_pass(board, how, units):
    if how == "forward":
        board.clock.forward(units * UNIT)
    else:
        with board.clock.fast():
            utime.sleep(units * UNIT)


class Stopwatch:
    def __init__(self):
        self._begin = utime.ticks_ms()

    def ms(self):
        return utime.ticks_diff(utime.ticks_ms(), self._begin)

    def units(self):
        return (self.ms() + MS // 2) // MS


def in_thread(function, *args):
    "Runs a function in a thread; a queue gets what it returns."
    result = Queue()
    _thread.start_new_thread(lambda: result.put(function(*args)), ())
    return result


# ---- Timers

@pass_time
def test_periodic_timer(board, how):
    timer, watch, seen = Timer(Timer.Timer0), Stopwatch(), []
    timer.start(period=1 * MS, mode=Timer.PERIODIC, callback=lambda t: seen.append(watch.units()))
    let_pass(board, how, 60.5)
    timer.stop()
    assert seen == list(range(1, 61))


@pass_time
def test_one_shot_timer(board, how):
    timer, watch, seen = Timer(Timer.Timer1), Stopwatch(), []
    timer.start(period=10 * MS, mode=Timer.ONE_SHOT, callback=lambda t: seen.append((t is timer, watch.units())))
    let_pass(board, how, 60)
    timer.stop()
    assert seen == [(True, 10)]


@pass_time
def test_timers_in_the_order_of_their_times(board, how):
    watch, seen = Stopwatch(), []
    timers = [Timer(n) for n in range(3)]
    for timer, name, seconds in zip(timers, "abc", (3, 7, 2)):
        timer.start(period=seconds * MS, mode=Timer.PERIODIC, callback=lambda t, n=name: seen.append((n, watch.units())))
    let_pass(board, how, 8.5)
    for timer in timers:
        timer.stop()
    assert seen == [("c", 2), ("a", 3), ("c", 4), ("a", 6), ("c", 6), ("b", 7), ("c", 8)]


@pass_time
def test_timer_that_stops_itself(board, how):
    timer, seen = Timer(Timer.Timer2), []

    def tick(t):
        seen.append(1)
        if len(seen) == 3:
            t.stop()

    timer.start(period=1 * MS, mode=Timer.PERIODIC, callback=tick)
    let_pass(board, how, 60)
    assert len(seen) == 3


@pass_time
def test_what_a_callback_starts_fires_too(board, how):
    watch, seen = Stopwatch(), []
    first, second = Timer(0), osTimer()

    def chain(_):
        seen.append(watch.units())
        second.start(5 * MS, 0, lambda _: seen.append(watch.units()))

    first.start(period=10 * MS, mode=Timer.ONE_SHOT, callback=chain)
    let_pass(board, how, 20)
    first.stop()
    assert seen == [10, 15]


@pass_time
def test_callback_that_sleeps(board, how):
    timer, watch, seen = Timer(Timer.Timer3), Stopwatch(), []

    def slow(t):
        seen.append(watch.units())
        utime.sleep(4)

    timer.start(period=10 * MS, mode=Timer.PERIODIC, callback=slow)
    let_pass(board, how, 32)
    timer.stop()
    assert seen == [10, 20, 30]


@pass_time
def test_ostimer(board, how):
    watch, seen = Stopwatch(), []
    cyclic, once = osTimer(), osTimer()
    cyclic.start(20 * MS, 1, lambda nothing: seen.append((nothing, watch.units())))
    once.start(30 * MS, 0, lambda nothing: seen.append("once"))
    let_pass(board, how, 70)
    cyclic.stop()
    assert seen == [(None, 20), "once", (None, 40), (None, 60)]


@pass_time
def test_a_day_of_seconds(board, how):
    timer, count = Timer(Timer.Timer0), [0]

    def tick(t):
        count[0] += 1

    timer.start(period=1000, mode=Timer.PERIODIC, callback=tick)
    let_pass(board, how, 864)
    timer.stop()
    assert 86400 <= count[0] < 86450


# ---- The real-time clock

@pass_time
def test_alarm(board, how):
    rtc, watch, seen = RTC(), Stopwatch(), []
    rtc.datetime((2030, 5, 6, 0, 7, 0, 0, 0))
    rtc.register_callback(lambda nothing: seen.append((watch.units(), rtc.datetime()[3:7])))
    rtc.set_alarm((2030, 5, 6, 0, 9, 30, 0, 0))
    rtc.enable_alarm(1)
    let_pass(board, how, 3 * 3600 // UNIT)
    rtc.register_callback(None)
    assert seen == [(90, (1, 9, 30, 0))]
    assert rtc.datetime()[:6] == (2030, 5, 6, 1, 10, 0)


def test_alarm_and_a_clock_that_jumps(board):
    rtc, seen = RTC(), []
    rtc.datetime((2030, 5, 6, 0, 7, 0, 0, 0))
    rtc.register_callback(lambda nothing: seen.append(rtc.datetime()[4:7]))
    rtc.set_alarm((2030, 5, 6, 0, 8, 0, 0, 0))
    rtc.enable_alarm(1)
    board.clock.jump(-1800)
    board.clock.forward(5399)
    assert not seen
    board.clock.forward(1)
    assert seen == [(8, 0, 0)]
    rtc.set_alarm((2030, 5, 6, 0, 9, 0, 0, 0))
    rtc.enable_alarm(1)
    board.clock.jump(7200)
    board.clock.forward(0)
    assert seen == [(8, 0, 0), (10, 0, 0)]
    rtc.register_callback(None)


# ---- The watchdog

WATCHED = """
import utime
from machine import RTC, WDT
from misc import Power
if Power.powerOnReason() != 5:
    RTC().datetime((2030, 5, 6, 0, 7, 0, 0, 0))
    dog = WDT(30)
    for _ in range(3):
        utime.sleep(20)
        dog.feed()
    print('hangs')
    utime.sleep(1000)
print('restarted', RTC().datetime()[4:6], utime.time() < 60)
"""


@pass_time
def test_watchdog(board, script, how):
    board.power_reason(0)
    if how == "fast":
        with board.clock.fast():
            running = script.text(WATCHED)
            assert running.wait() == "done"
    else:
        running = script.text(WATCHED)
        board.clock.forward(120)
        assert running.wait() == "done"
    assert running.output == "hangs\nrestarted (7, 1) True\n"
    assert running.restarts == 1


# ---- The network

@pass_time
def test_data_call(board, how):
    heard = []
    board.sim_out()
    net.setCallback(lambda event: heard.append(event[1]))
    watch = Stopwatch()
    board.sim_in()
    result = in_thread(lambda: (dataCall.start(2, 0, "apn", "", "", 0), watch.ms()))
    let_pass(board, how, 1)
    dataCall.stop(2, 0)
    net.setCallback(None)
    status, took = result.get()
    assert status == 0
    # 20 s to register, 20 s to dial; it would have given up after 60.
    assert 40000 <= took < 60000
    assert heard == [2, 1]


@pass_time
def test_registration(board, how):
    import checkNet
    board.sim_out()
    board.sim_in()
    assert net.getState()[1][0] == 2
    watch = Stopwatch()
    ready = in_thread(lambda: (checkNet.waitNetworkReady(600), watch.ms()))
    let_pass(board, how, 6)
    result, took = ready.get()
    assert result == (3, 1)
    assert 20000 <= took < 60000


# ---- Threads

@pass_time
def test_sleeping_thread(board, how):
    watch, seen = Stopwatch(), []

    def sleeper():
        for units in (10, 20, 100):
            utime.sleep(units * UNIT)
            seen.append(watch.units())

    _thread.start_new_thread(sleeper, ())
    let_pass(board, how, 60)
    assert seen == [10, 30]
    let_pass(board, how, 100)
    assert seen == [10, 30, 130]


@pass_time
def test_semaphore_with_a_timeout(board, how):
    semaphore = _thread.allocate_semphore(1)
    semaphore.acquire()
    watch = Stopwatch()
    late = in_thread(lambda: (semaphore.acquire(30 * MS), watch.units()))
    let_pass(board, how, 60)
    assert late.get() == (False, 30)

    def give():
        utime.sleep(20 * UNIT)
        semaphore.release()

    watch = Stopwatch()
    _thread.start_new_thread(give, ())
    in_time = in_thread(lambda: (semaphore.acquire(30 * MS), watch.units()))
    let_pass(board, how, 60)
    assert in_time.get() == (True, 20)


@pass_time
def test_lock(board, how):
    lock, held, watch = _thread.allocate_lock(), Queue(), Stopwatch()

    def hold():
        with lock:
            held.put(True)
            utime.sleep(36 * UNIT)

    _thread.start_new_thread(hold, ())
    held.get()
    got = in_thread(lambda: (lock.acquire(), watch.units()))
    let_pass(board, how, 40)
    assert got.get() == (True, 36)


@pass_time
def test_queue(board, how):
    queue, watch, seen = Queue(), Stopwatch(), []

    def produce():
        for item in range(3):
            utime.sleep(20 * UNIT)
            queue.put(item)

    def consume():
        while True:
            item = queue.get()
            seen.append((item, watch.units()))
            if item == 2:
                return

    _thread.start_new_thread(consume, ())
    _thread.start_new_thread(produce, ())
    let_pass(board, how, 70)
    assert seen == [(0, 20), (1, 40), (2, 60)]


@pass_time
def test_bus(board, how):
    watch, seen = Stopwatch(), []
    sys_bus.subscribe("t", lambda topic, message: seen.append((message, watch.units())))
    timer = Timer(0)
    timer.start(period=20 * MS, mode=Timer.PERIODIC, callback=lambda t: sys_bus.publish("t", len(seen)))
    let_pass(board, how, 70)
    timer.stop()
    sys_bus.unsubscribe("t")
    assert seen == [(0, 20), (1, 40), (2, 60)]


def test_threads_take_turns_by_time(board):
    watch, seen = Stopwatch(), []

    def worker(name, period):
        for _ in range(3):
            utime.sleep(period * UNIT)
            seen.append((watch.units(), name))

    with board.clock.fast():
        for name, period in (("a", 3), ("b", 2), ("c", 4)):
            _thread.start_new_thread(worker, (name, period))
        utime.sleep(20 * UNIT)
    assert seen == [(2, "b"), (3, "a"), (4, "c"), (4, "b"), (6, "a"), (6, "b"), (8, "c"), (9, "a"), (12, "c")]


# ---- Coroutines

@pass_time
def test_coroutines(board, how):
    watch, seen = Stopwatch(), []

    async def beat(name, units):
        for _ in range(3):
            await uasyncio.sleep(units * UNIT)
            seen.append((name, watch.units()))

    async def main():
        tasks = [uasyncio.create_task(beat("a", 20)), uasyncio.create_task(beat("b", 25))]
        try:
            await uasyncio.wait_for(beat("late", 1000), 70 * UNIT)
        except uasyncio.TimeoutError:
            seen.append(("timeout", watch.units()))
        for task in tasks:
            await task

    done = in_thread(uasyncio.run, main())
    let_pass(board, how, 200)
    done.get()
    assert seen == [("a", 20), ("b", 25), ("a", 40), ("b", 50), ("a", 60), ("timeout", 70), ("b", 75)]


# ---- Sockets

@pytest.fixture
def connection(lab):
    lab.serve("silent.example.com", 5000)
    socket = usocket.socket()
    socket.connect(usocket.getaddrinfo("silent.example.com", 5000)[0][-1])
    yield socket
    socket.close()


def timed(call, *args):
    watch = Stopwatch()
    try:
        return call(*args), watch.units()
    except OSError as e:
        return e.args[0], watch.units()


@pass_time
def test_recv_with_a_timeout(board, connection, how):
    connection.settimeout(30 * UNIT)
    late = in_thread(timed, connection.recv, 10)
    let_pass(board, how, 60)
    assert late.get() == (110, 30)


@pass_time
def test_accept_with_a_timeout(board, how):
    server = usocket.socket()
    server.bind(("0.0.0.0", 0))
    server.listen(1)
    server.settimeout(30 * UNIT)
    late = in_thread(timed, server.accept)
    let_pass(board, how, 60)
    assert late.get() == (110, 30)
    server.close()


@pass_time
def test_datagram_with_a_timeout(board, how):
    socket = usocket.socket(usocket.AF_INET, usocket.SOCK_DGRAM)
    socket.bind(("0.0.0.0", 0))
    socket.settimeout(30 * UNIT)
    late = in_thread(timed, socket.recvfrom, 10)
    let_pass(board, how, 60)
    assert late.get() == (110, 30)
    socket.close()


@pass_time
def test_poll_with_a_timeout(board, connection, how):
    poll = uselect.poll()
    poll.register(connection, uselect.POLLIN)
    late = in_thread(timed, poll.poll, 30 * MS)
    let_pass(board, how, 60)
    assert late.get() == ([], 30)
    late = in_thread(timed, uselect.select, [connection], [], [], 30 * UNIT)
    let_pass(board, how, 60)
    assert late.get() == (([], [], []), 30)


@pass_time
def test_part_of_what_is_wanted(board, lab, how):
    lab.serve("talks.example.com", 5000, b"part")
    socket = usocket.socket()
    socket.settimeout(30 * UNIT)
    socket.connect(usocket.getaddrinfo("talks.example.com", 5000)[0][-1])
    late = in_thread(timed, socket.read, 10)
    let_pass(board, how, 60)
    assert late.get() == (110, 30)
    assert socket.recv(10) == b"part"
    socket.close()


def test_answers_come_before_time_jumps(board, lab):
    lab.echo("echo.example.com", 7)
    socket = usocket.socket()
    socket.settimeout(30 * UNIT)
    with board.clock.fast():
        watch = Stopwatch()
        socket.connect(usocket.getaddrinfo("echo.example.com", 7)[0][-1])
        for n in range(50):
            data = b"%d" % n
            socket.send(data)
            assert socket.recv(100) == data
        assert watch.ms() == 0
    socket.close()


def listen():
    # Where an object lies is another number in every run.
    port = 20000 + id([]) // 64 % 12000
    while True:
        server = usocket.socket()
        try:
            server.bind(("127.0.0.1", port))
            server.listen(1)
            return server, port
        except OSError:
            server.close()
            port += 1


def test_threads_that_talk(board):
    server, port = listen()

    def serve():
        connection, *_ = server.accept()
        for _ in range(3):
            request = connection.recv(100)
            utime.sleep(10 * UNIT)
            connection.send(request)
        connection.close()

    with board.clock.fast():
        served = in_thread(serve)
        client = usocket.socket()
        client.settimeout(15 * UNIT)
        client.connect(("127.0.0.1", port))
        for n in range(3):
            watch = Stopwatch()
            client.send(b"%d" % n)
            assert client.recv(100) == b"%d" % n
            assert watch.units() == 10
        served.get()
    client.close()
    server.close()


def test_closing_ends_a_wait(board, connection):
    with board.clock.fast():
        late = in_thread(timed, connection.recv, 10)
        utime.sleep(5 * UNIT)
        connection.close()
        assert late.get() == (9, 5)


def test_waits_go_on_when_time_is_real_again(board, connection):
    connection.settimeout(36 * UNIT)
    late = in_thread(timed, connection.recv, 10)
    for _ in range(3):
        board.clock.forward(1000)
        assert late.empty()
    board.clock.forward(600)
    assert late.get() == (110, 36)


def test_keep_alive(board, lab):
    from umqtt import MQTTClient
    broker = lab.broker("mqtt.example.com")
    client = MQTTClient("c", "mqtt.example.com", keepalive=60)
    client.set_callback(lambda topic, message: None)
    client.connect()
    client.subscribe("t")
    _thread.start_new_thread(client.wait_msg, ())
    board.clock.forward(600)
    assert 9 <= broker.received.count(b"\xc0\x00") <= 11
    client.disconnect()


# ---- Everything else

def test_loops_that_look_at_the_clock_end(board):
    with board.clock.fast():
        begin = utime.ticks_ms()
        while utime.ticks_diff(utime.ticks_ms(), begin) < 200:
            pass


def test_loops_that_do_not_look_at_the_clock_end(board):
    seen = []
    timer = Timer(0)
    with board.clock.fast():
        timer.start(period=10, mode=Timer.ONE_SHOT, callback=seen.append)
        while not seen:
            pass
    timer.stop()


def test_forward_with_nothing_to_happen(board):
    watch = Stopwatch()
    board.clock.forward(36 * UNIT)
    board.clock.forward(0)
    assert watch.units() == 36


def test_forward_within_fast(board):
    timer, seen = Timer(0), []
    with board.clock.fast():
        watch = Stopwatch()
        timer.start(period=1000, mode=Timer.PERIODIC, callback=lambda t: seen.append((watch.ms() + 500) // 1000))
        board.clock.forward(60)
        assert seen == list(range(1, 61))
        utime.sleep(5)
        timer.stop()
    assert len(seen) == 65


def test_time_of_nobody_in_particular(board):
    with pytest.raises(ValueError):
        board.clock.forward(-1)


@pass_time
def test_ctrl_c_in_a_sleep(board, script, how):
    source = "import utime\nprint('up')\nwhile True: utime.sleep(1000)\n"
    if how == "fast":
        with board.clock.fast():
            running = script.text(source).wait_for("up")
            running.interrupt()
            assert running.wait() == "interrupted"
    else:
        running = script.text(source).wait_for("up")
        board.clock.forward(10000)
        running.interrupt()
        assert running.wait() == "interrupted"


def test_soft_reset_takes_plans_along(board, serial):
    serial.run("from machine import Timer; import osTimer, utime")
    serial.run("Timer(0).start(period=1000, callback=lambda t: print('timer'))")
    serial.run("osTimer().start(1000, 1, lambda _: print('osTimer'))")
    board.clock.forward(2.5)
    serial.expect("osTimer")
    serial.expect("osTimer")
    serial.send(b"\x04")
    serial.expect(">>> ")
    before = serial.output
    board.clock.forward(60)
    assert serial.output == before


ECHO = """
import usys, utime
begin = utime.time()
print('up')
for _ in range(3):
    print(usys.stdin.readline().strip(), (utime.time() - begin) // 100)
"""


def test_what_is_typed_is_read_before_time_jumps(board, script):
    with board.clock.fast():
        running = script.text(ECHO).wait_for("up")
        for text in ("a\n", "b\n", "c\n"):
            running.type(text)
            utime.sleep(10 * UNIT)
        assert running.wait() == "done"
    assert running.output == "up\na 0\nb 10\nc 20\n"


POLL = """
import usys, uselect, utime
poll = uselect.poll()
poll.register(usys.stdin, uselect.POLLIN)
begin = utime.ticks_ms()
print(poll.poll(36000000), utime.ticks_diff(utime.ticks_ms(), begin) // 1000)
print(len(poll.poll(-1)), usys.stdin.readline())
"""


def test_poll_of_standard_input(board, script):
    with board.clock.fast():
        running = script.text(POLL).wait_for("[]")
        running.type("text\n")
        assert running.wait() == "done"
    assert running.output == "[] 36000\n1 text\n\n"
