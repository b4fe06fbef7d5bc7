//! Ctrl-C ends whatever a script waits in, with its traceback and status 130.

#![cfg(unix)]

mod support;
use std::process::Command;
use support::Running;

/// Starts `code`, interrupts it once it says `ready`, and returns how it ended.
fn interrupted(code: &str) -> (Option<i32>, Vec<String>, String) {
    let mut running = Running::code(code, &[]);
    assert_eq!(running.line(), "ready");
    interrupt(&running);
    running.end()
}

fn interrupt(running: &Running) {
    let sent = Command::new("kill").args(["-INT", &running.child.id().to_string()]).status();
    assert!(sent.expect("kill runs").success());
}

#[track_caller]
fn is_ended_by_ctrl_c(code: &str) {
    let (status, _, stderr) = interrupted(code);
    assert!(stderr.ends_with("KeyboardInterrupt: \n"), "{stderr}");
    assert!(stderr.contains("File \"<string>\", line "), "{stderr}");
    assert_eq!(status, Some(130));
}

#[test]
fn accept() {
    is_ended_by_ctrl_c(
        "import usocket\ns = usocket.socket()\ns.bind(('127.0.0.1', 0))\ns.listen(1)\nprint('ready')\ns.accept()",
    );
}

#[test]
fn accept_with_a_timeout() {
    is_ended_by_ctrl_c(
        "import usocket\ns = usocket.socket()\ns.bind(('127.0.0.1', 0))\ns.listen(1)\ns.settimeout(300)\nprint('ready')\ns.accept()",
    );
}

/// A hundred thousand parameters, for which the compiler needs longer than anybody waits.
#[test]
fn compiling() {
    is_ended_by_ctrl_c("print('ready')\nexec('def f(%s): pass' % ','.join('a%d' % i for i in range(100000)))");
}

/// A connection both of whose ends are `a` and `b`.
const PAIR: &str = "
import usocket
l = usocket.socket()
l.bind(('127.0.0.1', 0))
l.listen(1)
a = usocket.socket()
a.connect(('127.0.0.1', l.getsockopt(usocket.SOL_SOCKET, usocket.SO_ACCEPTCONN)[1]))
b = l.accept()[0]
";

#[test]
fn tls() {
    let pem = |name: &str| {
        let path = support::root().join("tests/scripts/protocols").join(name);
        std::fs::read_to_string(path).expect("a file of the tests")
    };
    let (cert, key) = (pem("tls_cert.pem"), pem("tls_key.pem"));
    is_ended_by_ctrl_c(&format!("{PAIR}import ussl\nprint('ready')\nussl.wrap_socket(a)"));
    for call in ["read(1)", "readline()", "readinto(bytearray(1))", "write(bytes(100000000))"] {
        is_ended_by_ctrl_c(&format!(
            "{PAIR}
import _thread, ussl
made = []
_thread.start_new_thread(
    lambda: made.append(ussl.wrap_socket(b, server_side=True, cert={cert:?}, key={key:?})), ())
c = ussl.wrap_socket(a)
print('ready')
c.{call}"
        ));
    }
}

#[test]
fn every_way_of_reading() {
    for call in ["recv(1)", "read(1)", "read()", "readline()", "readinto(bytearray(1))", "recvfrom(1)"] {
        is_ended_by_ctrl_c(&format!("{PAIR}print('ready')\na.{call}"));
    }
}

#[test]
fn sending_to_a_peer_that_does_not_read() {
    is_ended_by_ctrl_c(&format!("{PAIR}print('ready')\na.send(bytes(1 << 26))"));
    is_ended_by_ctrl_c(&format!("{PAIR}print('ready')\na.write(bytearray(1 << 26))"));
}

/// A listener whose queue is full: on Linux a further connect waits.
#[test]
#[cfg(target_os = "linux")]
fn connect() {
    is_ended_by_ctrl_c(
        "
import usocket
l = usocket.socket()
l.bind(('127.0.0.1', 0))
l.listen(0)
port = l.getsockopt(usocket.SOL_SOCKET, usocket.SO_ACCEPTCONN)[1]
full = []
while True:
    s = usocket.socket()
    s.setblocking(False)
    full.append(s)
    try:
        s.connect(('127.0.0.1', port))
    except OSError as e:
        if len(full) > 20:
            break
print('ready')
usocket.socket().connect(('127.0.0.1', port))
",
    );
}

#[test]
fn waits_that_are_no_sockets() {
    is_ended_by_ctrl_c("import utime\nprint('ready')\nutime.sleep(1000)");
    is_ended_by_ctrl_c("import utime\nprint('ready')\nutime.sleep_ms(1000000)");
    is_ended_by_ctrl_c("import _thread\nl = _thread.allocate_lock()\nl.acquire()\nprint('ready')\nl.acquire()");
    is_ended_by_ctrl_c("import uselect\nprint('ready')\nuselect.poll().poll()");
    is_ended_by_ctrl_c("import uselect\nprint('ready')\nuselect.select([], [], [])");
    is_ended_by_ctrl_c("print('ready')\nwhile True: pass");
}

#[test]
fn datagrams() {
    is_ended_by_ctrl_c(
        "import usocket\ns = usocket.socket(2, 2)\ns.bind(('127.0.0.1', 0))\nprint('ready')\ns.recvfrom(1)",
    );
}

#[test]
fn threads_left_behind_end_with_it() {
    let code = "
import _thread, utime, usocket
def sleep():
    while True:
        utime.sleep(1)
def accept():
    s = usocket.socket()
    s.bind(('127.0.0.1', 0))
    s.listen(1)
    s.accept()
_thread.start_new_thread(sleep, ())
_thread.start_new_thread(accept, ())
print('ready')
";
    let (status, _, stderr) = interrupted(code);
    assert_eq!(status, Some(130), "{stderr}");
}

#[test]
fn a_script_may_catch_it_and_go_on() {
    let code = format!(
        "{PAIR}\ntry:\n    print('ready')\n    a.recv(1)\nexcept KeyboardInterrupt:\n    print('caught')\nb.send('x')\nprint(a.recv(1))"
    );
    let (status, lines, stderr) = interrupted(&code);
    assert_eq!(lines, ["caught", "b'x'"], "{stderr}");
    assert_eq!(status, Some(0));
}

#[test]
fn a_read_that_was_broken_loses_nothing() {
    let code = format!(
        "{PAIR}\nb.send('half')\ntry:\n    print('ready')\n    a.read(8)\nexcept KeyboardInterrupt:\n    print('caught')\nb.send('done')\nprint(a.read(8))"
    );
    let (status, lines, stderr) = interrupted(&code);
    assert_eq!(lines, ["caught", "b'halfdone'"], "{stderr}");
    assert_eq!(status, Some(0));
}
