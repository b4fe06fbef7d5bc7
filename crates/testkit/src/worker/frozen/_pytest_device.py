# Fixtures that no other test runner has: the module, its network, and scripts on it.

import _quecpy_test


def octets(data):
    if isinstance(data, str):
        data = data.encode()
    return list(data)


def wait_until(condition, timeout, what):
    # Real time: what is waited for comes from threads and sockets.
    end = _quecpy_test.seconds() + timeout
    while True:
        if condition():
            return
        if _quecpy_test.seconds() >= end:
            raise AssertionError("%s did not come within %s s" % (what() if callable(what) else what, timeout))
        _quecpy_test.pause(0.002)


class Clock:
    def time(self):
        "What the real-time clock shows: seconds since 1970, local."
        return _quecpy_test.board("time")

    def set(self, seconds):
        "Sets the real-time clock."
        _quecpy_test.board("set_time", seconds)

    def jump(self, seconds):
        "Moves the real-time clock; nothing but its alarm notices."
        _quecpy_test.board("move_time", seconds)

    def forward(self, seconds):
        "Lets time pass at once: what is due fires in its order, each at its own time; returns when all of it is done."
        _quecpy_test.board("forward", seconds)

    def fast(self, on=True):
        "From now nothing is waited for: time jumps whenever all threads wait. Also as `with board.clock.fast():`."
        return Fast(_quecpy_test.board("fast", on))

    def real(self):
        _quecpy_test.board("fast", False)

    @property
    def up(self):
        "Seconds since power-on."
        return _quecpy_test.board("up")


class Fast:
    def __init__(self, before):
        self._before = before

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        _quecpy_test.board("fast", self._before)


class Board:
    def __init__(self):
        self.clock = Clock()

    def sim_out(self):
        _quecpy_test.board("sim", False)

    def sim_in(self):
        _quecpy_test.board("sim", True)

    def register(self, state=1):
        "The network grants this state: 1 home, 5 roaming, 2 searching, 3 denied."
        _quecpy_test.board("registration", state)

    @property
    def registration(self):
        return _quecpy_test.board("state")

    @property
    def online(self):
        return _quecpy_test.board("online")

    def signal(self, **levels):
        "csq, rssi, rsrp, rsrq, sinr, cqi"
        _quecpy_test.board("signal", levels)

    def flight_mode(self, on=True):
        _quecpy_test.board("function", 4 if on else 1)

    def pdp_down(self, profile=1):
        "The network ends a data call; the script's callback hears of it."
        return _quecpy_test.board("pdp_down", profile)

    def pdp_up(self, profile=1):
        return _quecpy_test.board("pdp_up", profile)

    def is_up(self, profile=1):
        return _quecpy_test.board("is_up", profile)

    def power_reason(self, reason):
        "What Power.powerOnReason() says."
        _quecpy_test.board("power_reason", reason)

    def power_key(self, pressed=True):
        _quecpy_test.board("power_key", pressed)

    def usb(self, plugged=True):
        _quecpy_test.board("usb", plugged)

    def event(self, source, value=None):
        "Sends an event to the script's callback of `source`, such as 'sms' or 'pin:3', with its argument."
        _quecpy_test.board("send", {"source": source, "value": argument(value)})


def argument(value):
    if isinstance(value, tuple):
        return {"tuple": [argument(v) for v in value]}
    if isinstance(value, list):
        return [argument(v) for v in value]
    if isinstance(value, (bytes, bytearray)):
        return {"bytes": list(value)}
    return value


def board():
    "The module: SIM card, registration, signal, PDP contexts, power, clock, events."
    held = Board()
    yield held
    _quecpy_test.board("restore")


class Server:
    def __init__(self, number):
        self._number = number

    def _told(self):
        return _quecpy_test.network("told", self._number)

    @property
    def received(self):
        "All that was sent here, one connection after the other."
        return b"".join([bytes(one) for one in self._told()["heard"]])

    @property
    def connections(self):
        "How many have connected so far."
        return len(self._told()["heard"])

    @property
    def connected(self):
        "How many are connected now."
        return self._told()["open"]

    @property
    def requests(self):
        "Requests of an HTTP server: method, path, headers (small letters), body."
        found = []
        for one in self._told()["requests"]:
            request = Request()
            request.method, request.path, request.headers = one["method"], one["path"], one["headers"]
            request.body = bytes(one["body"])
            found.append(request)
        return found

    @property
    def published(self):
        "Messages that a broker has got: (topic, payload)."
        return [(topic, bytes(payload)) for topic, payload in self._told()["published"]]

    @property
    def subscriptions(self):
        return self._told()["subscriptions"]

    def publish(self, topic, payload):
        "Sends a message to those who have subscribed; returns how many."
        return _quecpy_test.network("publish", {"server": self._number, "topic": topic, "data": octets(payload)})

    def say(self, data):
        "Sends bytes to all who are connected."
        return _quecpy_test.network("say", {"server": self._number, "data": octets(data)})

    def hang_up(self):
        _quecpy_test.network("drop", {"server": self._number, "reset": False})

    def reset(self):
        _quecpy_test.network("drop", {"server": self._number, "reset": True})

    def close(self):
        _quecpy_test.network("close", self._number)

    def wait_for(self, condition, timeout=5):
        "Waits until condition(server) holds, or until these bytes have come."
        if isinstance(condition, (bytes, str)):
            data = condition.encode() if isinstance(condition, str) else condition
            wait_until(lambda: data in self.received, timeout, lambda: "%r, only %r," % (data, self.received))
        else:
            wait_until(lambda: condition(self), timeout, "what the test waits for")
        return self


class Request:
    def __repr__(self):
        return "<%s %s>" % (self.method, self.path)


def page(answer):
    status, headers = 200, {}
    if isinstance(answer, tuple):
        if len(answer) == 2:
            status, answer = answer
        else:
            status, headers, answer = answer
    return {"status": status, "headers": headers, "body": octets(answer)}


class Lab:
    def _serve(self, host, port, talk, **more):
        more.update({"host": host, "port": port, "talk": talk})
        return Server(_quecpy_test.network("serve", more))

    def serve(self, host, port, greeting=b"", replies=(), hang_up=False):
        "A TCP server: `greeting` to whoever connects, then a reply to each piece that comes. host=None: every host."
        replies = [octets(r) for r in replies]
        return self._serve(host, port, "bytes", greeting=octets(greeting), replies=replies, hang_up=hang_up)

    def echo(self, host, port=7):
        return self._serve(host, port, "echo")

    def http(self, host, pages, port=80):
        "An HTTP server: pages is {path: body, or (status, body), or (status, headers, body)}; '*' is every path."
        if not isinstance(pages, dict):
            pages = {"*": pages}
        made = {}
        for path in pages:
            made[path] = page(pages[path])
        return self._serve(host, port, "http", pages=made)

    def broker(self, host, port=1883):
        "An MQTT broker."
        return self._serve(host, port, "mqtt")

    def name(self, host, address):
        "What DNS answers for host: an address, or None."
        _quecpy_test.network("name", {"host": host, "address": address})


def lab():
    "The network: servers that the test scripts, by name, and what was sent to them."
    held = Lab()
    yield held
    _quecpy_test.network("reset")


class Link:
    # Conditions of the network; each can be set and taken back. Richer ones can join.
    def down(self):
        "Nothing leaves the module any more; registration stays."
        _quecpy_test.board("cut", True)

    def up(self):
        _quecpy_test.board("cut", False)

    def dns_failure(self, on=True):
        _quecpy_test.network("dns_fails", on)

    def refuse(self, on=True):
        "Every connection is refused."
        _quecpy_test.network("refuse", on)

    def reset(self):
        "Every connection to a server of `lab` is reset."
        _quecpy_test.network("reset_all")

    def restore(self):
        self.up()
        self.dns_failure(False)
        self.refuse(False)


def link():
    "What goes wrong on the way: down, DNS failure, refused, reset."
    held = Link()
    yield held
    held.restore()


class Running:
    def __init__(self, number):
        self._number = number

    def _told(self):
        return _quecpy_test.script("told", {"script": self._number})

    def _printed(self):
        return self._told()["out"]

    @property
    def output(self):
        return self._printed()

    @property
    def errors(self):
        return self._told()["err"]

    @property
    def restarts(self):
        return self._told()["restarts"]

    @property
    def ended(self):
        "None while it runs; then 'done', 'failed', 'exit 3', 'interrupted' or 'power down'."
        return self._told()["ended"]

    def wait_for(self, text, timeout=5):
        "Waits until the script has printed this."
        wait_until(lambda: text in self.output or self.ended is not None, timeout, lambda: self._missing(text))
        if text not in self.output:
            raise AssertionError(self._missing(text) + " did not come: the script has ended (%s)" % self.ended)
        return self

    def _missing(self, text):
        return "%r in the output\n%s%s" % (text, self.output, self.errors)

    def wait(self, timeout=5):
        "Waits for the end; returns how it came."
        wait_until(lambda: self.ended is not None, timeout, lambda: "the end of the script\n" + self.output + self.errors)
        return self.ended

    def type(self, text):
        "What the script reads from its standard input."
        _quecpy_test.script("type", {"script": self._number, "data": octets(text)})

    def interrupt(self):
        _quecpy_test.script("interrupt", {"script": self._number})

    def stop(self, timeout=5):
        end = _quecpy_test.seconds() + timeout
        while self.ended is None:
            if _quecpy_test.seconds() >= end:
                raise AssertionError("the script has not ended %s s after Ctrl-C: it catches KeyboardInterrupt" % timeout)
            _quecpy_test.script("stop", {"script": self._number})
            _quecpy_test.pause(0.005)


class Script:
    def __init__(self):
        self._running = []

    def run(self, file, *arguments):
        "Starts a file of the module's flash on the test's board, in an interpreter of its own."
        return self._start({"file": file, "arguments": [str(a) for a in arguments]})

    def text(self, source):
        "Starts a script given as text."
        return self._start({"text": source})

    def boot(self):
        "Powers the module on: main.py runs."
        return self._start({})

    def _start(self, what):
        running = Running(_quecpy_test.script("start", what))
        self._running.append(running)
        return running


def script():
    "Runs a file, or the whole project as power-on does, and waits for what it prints."
    held = Script()
    yield held
    for running in held._running:
        running.stop()


class Serial(Running):
    # The module's main serial port: friendly and raw REPL, Ctrl-C, Ctrl-D.
    PROMPT = ">>> "

    def __init__(self, number):
        super().__init__(number)
        self._read = 0
        self._at_prompt = False

    @property
    def output(self):
        "All that has come so far, with \\n at the ends of lines."
        return self._printed().replace("\r\n", "\n")

    def send(self, data):
        "Sends bytes, or a text, as they are: b'\\x03' is Ctrl-C, b'\\x04' Ctrl-D."
        self._at_prompt = False
        _quecpy_test.script("type", {"script": self._number, "data": octets(data)})

    def type(self, line):
        "Types a line and Enter."
        self.send(line + "\r")

    def interrupt(self):
        "Ctrl-C."
        self.send(b"\x03")

    def expect(self, text, timeout=5):
        "Waits for a text behind what was expected before; returns what came before it."

        def missing():
            return "%r at the port\n%s\n" % (text, self.output[self._read :])

        wait_until(lambda: text in self.output[self._read :] or self.ended is not None, timeout, missing)
        found = self.output.find(text, self._read)
        if found < 0:
            raise AssertionError("%s did not come: the module is off (%s)" % (missing(), self.ended))
        before = self.output[self._read : found]
        self._read = found + len(text)
        self._at_prompt = text.endswith(self.PROMPT)
        return before

    def run(self, line, timeout=5):
        "Types a line at the prompt, waits for the next prompt, and returns what was printed in between."
        if not self._at_prompt:
            self.expect(self.PROMPT, timeout)
        self.type(line)
        self.expect(line + "\n", timeout)
        return self.expect(self.PROMPT, timeout)


def serial():
    "The main serial port of the module, which is powered on: types at the prompt and reads what comes."
    port = Serial(_quecpy_test.script("start", {"port": True}))
    yield port
    port.stop()


def install(manager):
    for function in (board, lab, link, script, serial):
        manager.add(function.__name__, function)
