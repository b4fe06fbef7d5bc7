//! What the walk has to be told: what is not called, what waits, and how instances are made.

/// Not called, and why.
pub const SKIPPED: &[(&str, &str)] = &[
    ("powerDown", "ends the session, as it should"),
    ("powerRestart", "ends the session, as it should"),
    ("builtins.globals", "gives the walk's own names away, to be changed"),
    ("builtins.locals", "gives the walk's own names away, to be changed"),
    ("builtins.dir", "without arguments: the walk's own names"),
    ("builtins.setattr", "changes the walk's own objects"),
    ("builtins.delattr", "changes the walk's own objects"),
    ("builtins.exec", "runs in the walk's own names"),
    ("builtins.eval", "runs in the walk's own names"),
    ("builtins.execfile", "runs in the walk's own names"),
    ("builtins.print", "prints what the harness reads"),
    ("builtins.help", "prints what the harness reads"),
    ("usys.stdout", "prints what the harness reads"),
    ("usys.print_exception", "prints what the harness reads"),
    ("micropython.mem_info", "prints what the harness reads"),
    ("micropython.qstr_info", "prints what the harness reads"),
    ("micropython.kbd_intr", "takes away what ends calls that wait"),
];

/// What waits by its nature, by the beginning of its name, and why: it is interrupted soon.
pub const WAITS: &[(&str, &str)] = &[
    ("usocket.", "for the peer, without an end unless a timeout is set"),
    ("uselect.", "for sockets, without an end unless a timeout is given"),
    ("ussl.", "for the peer"),
    ("queue.Queue", "for somebody who puts or takes"),
    ("_thread.", "for a lock that the walk itself holds"),
    ("log.", "for a lock that the walk itself holds"),
    ("sys_bus.", "for a lock that the walk itself holds"),
    ("umqtt.", "for the broker, or for a lock that the walk itself holds"),
    ("uwebsocket.", "for the server"),
    ("uasyncio.", "for tasks that never end"),
    ("checkNet.", "for the network, as long as asked"),
    ("request.", "for the server"),
    ("uping.", "for answers"),
    ("ntptime.", "for the server"),
    ("utime.sleep", "as long as asked"),
    ("gnss.", "for the receiver"),
    ("app_fota", "for the server"),
    ("fota", "for the server"),
];

/// Expressions that make instances; `m` is the module.
pub const MAKERS: &[(&str, &[&str])] = &[
    (
        "usocket.socket",
        &[
            "m.socket()",
            "m.socket(m.AF_INET, m.SOCK_DGRAM)",
            "(lambda s: (s.bind(('127.0.0.1', 0)), s.listen(1), s.setblocking(False), s)[-1])(m.socket())",
            "(lambda s: (s.connect(m.getaddrinfo('www.example.com', 80)[0][-1]), s.settimeout(0.02), s)[-1])(m.socket())",
        ],
    ),
    ("machine.Pin", &["m.Pin(m.Pin.GPIO1 if hasattr(m.Pin, 'GPIO1') else 1, m.Pin.OUT, m.Pin.PULL_DISABLE, 0)"]),
    ("machine.UART", &["m.UART(2, 115200, 8, 0, 1, 0)"]),
    ("machine.Timer", &["m.Timer(1)"]),
    ("machine.ExtInt", &["m.ExtInt(7, m.ExtInt.IRQ_FALLING, m.ExtInt.PULL_PU, print)"]),
    ("machine.I2C", &["m.I2C(1, 0)"]),
    ("machine.SPI", &["m.SPI(0, 0, 0)"]),
    ("machine.WDT", &["m.WDT(3600)"]),
    ("machine.KeyPad", &["m.KeyPad(2, 3)"]),
    ("machine.LCD", &["(lambda l: (l.lcd_init(b'x', 20, 10, 6500, 1, 4, 0, b'x', b'x', b'x', None), l)[-1])(m.LCD())"]),
    ("uio.BytesIO", &["m.BytesIO(b'abc\\ndef')"]),
    ("uio.StringIO", &["m.StringIO('abc\\ndef')"]),
    ("uzlib.DecompIO", &["m.DecompIO(IN('uio').BytesIO(b'x\\x9cKLJ\\x06\\x00\\x02M\\x01\\x27'))"]),
    ("array.array", &["m.array('h', [1, 2, 3])", "m.array('d', [1.5])"]),
    ("ucollections.deque", &["m.deque((), 5)"]),
    ("ucollections.OrderedDict", &["m.OrderedDict([(1, 2)])"]),
    ("queue.Queue", &["(lambda q: (q.put(1), q)[-1])(m.Queue(3))"]),
    ("umqtt.MQTTClient", &["m.MQTTClient('id', 'mqtt.example.com')"]),
    ("uctypes.struct", &["m.struct(m.addressof(bytearray(8)), {'a': 0 | m.UINT32})"]),
];
