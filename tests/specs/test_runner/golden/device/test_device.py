"""What only this test runner has."""
import net
import pytest
import sim
import usocket
import utime


def test_signal_and_card(board):
    board.signal(csq=7)
    assert net.csqQueryPoll() == 7
    board.sim_out()
    assert sim.getStatus() == 0
    assert not board.online
    board.sim_in()
    assert board.online


def test_data_call_and_its_callback(board):
    import dataCall
    heard = []
    dataCall.setCallback(heard.append)
    board.pdp_down()
    utime.sleep_ms(50)
    board.pdp_up()
    utime.sleep_ms(50)
    assert heard == [(1, 0, 0), (1, 1, 0)]


def test_registration(board):
    board.register(5)
    assert net.getState()[1][0] == 5
    board.register(2)
    assert not board.online


def test_hours_pass_at_once(board):
    with board.clock.fast():
        begin = utime.time()
        utime.sleep(3600)
    assert 3600 <= utime.time() - begin <= 3601


def test_the_clock(board):
    before = board.clock.time()
    board.clock.jump(86400)
    assert board.clock.time() - before in (86400, 86401)


def connect(host, port):
    s = usocket.socket()
    s.connect((host, port))
    return s


def test_bytes(lab):
    server = lab.serve("device.example.com", 5000, b"hello ", replies=[b"one", b"two"], hang_up=True)
    s = connect("device.example.com", 5000)
    assert s.recv(6) == b"hello "
    s.send(b"first")
    assert s.recv(3) == b"one"
    s.send(b"second")
    assert s.recv(3) == b"two"
    server.wait_for(b"firstsecond")
    assert server.connections == 1


def test_pages(lab):
    import request
    web = lab.http("www.example.com", {"/a": "page a", "/b": (503, "busy")})
    assert request.get("http://www.example.com/a").text is not None
    assert request.get("http://www.example.com/b").status_code == 503
    assert [(r.method, r.path) for r in web.requests] == [("GET", "/a"), ("GET", "/b")]


def test_refused(link):
    link.refuse()
    with pytest.raises(OSError):
        connect("www.example.com", 80)
    link.refuse(False)
    connect("www.example.com", 80)


def test_no_names(link, lab):
    link.dns_failure()
    with pytest.raises(OSError):
        usocket.getaddrinfo("www.example.com", 80)
    link.dns_failure(False)
    lab.name("gone.example.com", None)
    with pytest.raises(OSError):
        usocket.getaddrinfo("gone.example.com", 80)
    lab.name("known.example.com", "203.0.113.9")
    assert usocket.getaddrinfo("known.example.com", 80)[0][-1] == ("203.0.113.9", 80)


def test_cut(link):
    link.down()
    with pytest.raises(OSError):
        connect("www.example.com", 80)


def test_everything_is_as_before(board, link):
    assert board.online
    connect("www.example.com", 80)


def test_script(script):
    running = script.text("print('name?')\nprint('hello', input())\n")
    running.wait_for("name?")
    running.type("you\n")
    assert running.wait() == "done"
    assert running.output == "name?\nhello you\n"


def test_script_that_fails(script):
    running = script.text("raise ValueError('no')")
    assert running.wait() == "failed"
    assert "ValueError: no" in running.errors


def test_script_that_hangs(script):
    running = script.text("import utime\nprint('up')\nutime.sleep(1000)\n").wait_for("up")
    running.interrupt()
    assert running.wait() == "interrupted"


def test_script_ends_with_its_test(script):
    script.text("while True: pass")
