import json
import re
import sys
import time

import pytest


def test_plain():
    # Needs what no module has.
    assert json.loads('{}') == {} and sys.version_info >= (3, 9)


def test_boot(quecpy):
    device = quecpy.boot("echo")
    assert device.exit_code is None
    assert "ready" in device.wait_for("ready", timeout=20)
    device.wait_for("> ")
    device.send("text")
    assert device.wait_for(re.compile(r"got (\w+)\n")).group(1) == "text"
    device.send("quit")
    assert device.wait() == 3 == device.exit_code
    assert device.output == "ready\n> got text\n> "


def test_run(quecpy):
    device = quecpy.run("greet.py", "dear", input="Ada\n")
    assert (device.exit_code, device.output, device.errors) == (0, "hello dear Ada\n", "")


def test_resolve(quecpy):
    device = quecpy.run("lookup.py", options=["--resolve", "iot.example.com:127.0.0.1"])
    assert device.output == "('127.0.0.1', 1883)\n"


def test_lab(quecpy):
    code = "import usocket; print(usocket.getaddrinfo('any.example.com', 80)[0][-1][0])"
    device = quecpy.code(code, options=["--lab"])
    assert device.wait() == 0 and device.output.startswith("198.18.")
    assert "quecpy: lab: " in device.wait_for("HTTP on", errors=True)


def test_board(quecpy):
    board = quecpy.code("import modem; print(modem.getDevImei())", options=["--board", "board.toml"])
    assert board.wait() == 0 and board.output == "861234567890123\n"


def test_interrupt(quecpy):
    device = quecpy.code("print('go')\nwhile True: pass")
    device.wait_for("go")
    device.interrupt()
    assert device.wait() == 130


def test_deadline(quecpy):
    device = quecpy.boot("echo")
    begin = time.monotonic()
    with pytest.raises(pytest.fail.Exception, match="did not print 'never' in 0.3 s"):
        device.wait_for("never", timeout=0.3)
    with pytest.raises(pytest.fail.Exception, match="did not end in 0.3 s"):
        device.wait(timeout=0.3)
    assert time.monotonic() - begin < 20


def test_shows_what_was_printed(quecpy):
    quecpy.code("print('last words'); 1/0").wait_for("never")


def test_no_such_project(quecpy):
    with pytest.raises(pytest.fail.Exception, match="there is no nowhere, neither in .*host nor in "):
        quecpy.boot("nowhere")
