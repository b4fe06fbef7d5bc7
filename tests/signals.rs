//! Ctrl-C ends whatever a script waits in, with its traceback and status 130.

#![cfg(unix)]

mod support;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use support::{PATIENCE, Running};

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
    for call in ["read(1)", "readline()", "readinto(bytearray(1))", "write(bytes(16000000))"] {
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
    is_ended_by_ctrl_c(&format!("{PAIR}print('ready')\na.send(bytes(1 << 24))"));
    is_ended_by_ctrl_c(&format!("{PAIR}print('ready')\na.write(bytearray(1 << 24))"));
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

/// Two locks that two threads take in different order, a lock taken twice, threads that wait behind the script's end.
#[test]
fn deadlocks() {
    is_ended_by_ctrl_c(
        "
import _thread
a, b, both = [_thread.allocate_lock() for i in range(3)]
def other():
    b.acquire()
    both.release()
    a.acquire()
a.acquire()
both.acquire()
_thread.start_new_thread(other, ())
both.acquire()
print('ready')
b.acquire()
",
    );
    is_ended_by_ctrl_c("import _thread\nl = _thread.allocate_lock()\nwith l:\n    print('ready')\n    with l: pass");
    let waiting = "import _thread\nl = _thread.allocate_lock()\nl.acquire()\n\
                   for i in range(20): _thread.start_new_thread(l.acquire, ())\nprint('ready')";
    assert_eq!(interrupted(waiting).0, Some(130));
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

/// Starts `code` with a standard output that nobody reads.
fn unread(code: &str) -> Child {
    let mut command = support::program();
    command.args(["--ephemeral", "-c", code]).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("it starts")
}

fn send(child: &Child, signal: &str) {
    let sent = Command::new("kill").args([signal, &child.id().to_string()]).status();
    assert!(sent.expect("kill runs").success());
}

/// What is on standard error until the end, and the exit status.
fn ended(mut child: Child) -> (Option<i32>, String) {
    let mut stderr = child.stderr.take().expect("piped");
    let text = std::thread::spawn(move || {
        let mut text = String::new();
        let _ = stderr.read_to_string(&mut text);
        text
    });
    let status = support::wait_within(&mut child, PATIENCE).expect("it ends");
    (status.code(), text.join().expect("read"))
}

#[test]
fn printing_to_a_pipe_that_nobody_reads() {
    // Other threads go on while the main thread prints, and say so when the pipe is full.
    let mut child = unread(
        "import _thread, utime, usys\n\
         count = [0]\n\
         def other():\n    while True:\n        before = count[0]\n        utime.sleep_ms(50)\n        \
         if count[0] == before and before: return usys.stderr.write('stands\\n')\n\
         _thread.start_new_thread(other, ())\n\
         while True:\n    print('x' * 1000)\n    count[0] += 1\n",
    );
    let mut stderr = BufReader::new(child.stderr.as_mut().expect("piped"));
    let mut line = String::new();
    stderr.read_line(&mut line).expect("a line");
    assert_eq!(line, "stands\n");
    send(&child, "-INT");
    let (status, text) = ended(child);
    assert!(text.ends_with("KeyboardInterrupt: \n"), "{text}");
    assert_eq!(status, Some(130));
}

#[test]
fn a_second_one_ends_whatever_takes_no_notice() {
    let waits = [
        "sum(range(2 * 10 ** 9))",
        "utime.sleep(100)",
        "a.recv(1)",
        "a.readline()",
        "a.write(bytes(1 << 24))",
        "l.accept()",
        "d.recvfrom(1)",
        "uselect.poll().poll()",
        "uselect.select([a], [], [])",
        "lock.acquire()",
        "queue.Queue().get()",
        "uping.ping('192.0.2.1')",
        "ussl.wrap_socket(a)",
    ];
    for takes_long in waits {
        // The line is said inside of `try`: a signal that comes at once is caught as well.
        let code = format!(
            "{PAIR}
import _thread, queue, uping, uselect, ussl, utime
d = usocket.socket(2, 2)
d.bind(('127.0.0.1', 0))
lock = _thread.allocate_lock()
lock.acquire()
while True:
    try:
        print('ready')
        {takes_long}
    except:
        pass"
        );
        let mut running = Running::code(&code, &[]);
        assert_eq!(running.line(), "ready");
        interrupt(&running);
        // The signals must not be taken for one.
        std::thread::sleep(Duration::from_millis(100));
        interrupt(&running);
        let (status, _, stderr) = running.end();
        assert_eq!((status, stderr.as_str()), (Some(130), ""), "{code}");
    }
}

#[test]
fn other_signals_end_it_with_their_statuses() {
    for (signal, status) in [("-TERM", 143), ("-HUP", 129)] {
        let mut running = Running::code("import utime\nprint('ready')\nutime.sleep(100)", &[]);
        assert_eq!(running.line(), "ready");
        send(&running.child, signal);
        assert_eq!(running.end().0, Some(status), "{signal}");
    }
}

#[test]
fn the_serial_port_ends_at_once_and_takes_its_links_along() {
    let folder = tempfile::tempdir().expect("a folder");
    let (main, uart) = (folder.path().join("main"), folder.path().join("uart"));
    for (signal, status) in [("-INT", 130), ("-TERM", 143), ("-HUP", 129)] {
        let mut command = support::program();
        command.args(["serial", "--ephemeral", "--uart", &format!("2:pty={}", uart.display())]);
        command.arg(format!("--pty={}", main.display())).stderr(Stdio::piped()).stdin(Stdio::null());
        let mut child = command.spawn().expect("it starts");
        let lines = BufReader::new(child.stderr.as_mut().expect("piped")).lines();
        let there = lines.map_while(Result::ok).find(|line| line.contains("the main serial port is at"));
        assert!(there.is_some() && main.is_symlink() && uart.is_symlink(), "{there:?}");
        send(&child, signal);
        assert_eq!(ended(child).0, Some(status), "{signal}");
        assert!(!main.is_symlink() && !uart.is_symlink(), "{signal}");
    }
}

/// How many processes have `mark` in their environment.
#[cfg(target_os = "linux")]
fn processes(mark: &str) -> usize {
    let all = std::fs::read_dir("/proc").expect("Linux has it").flatten();
    all.filter(|p| std::fs::read(p.path().join("environ")).is_ok_and(|e| String::from_utf8_lossy(&e).contains(mark)))
        .count()
}

#[test]
#[cfg(target_os = "linux")]
fn workers_of_the_test_runner_end_with_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "def test_first(): pass\ndef test_spins():\n    sum(range(2 * 10 ** 9))\n";
    std::fs::write(folder.path().join("test_some.py"), text).expect("written");
    for (signals, status) in [(&["-INT"][..], Some(2)), (&["-TERM"], Some(143)), (&["-KILL"], None)] {
        let mark = format!("QUECPY_TEST_MARK={}-{}", std::process::id(), signals[0]);
        let mut command = support::program();
        let (name, value) = mark.split_once('=').expect("a variable");
        command.args(["test", "-v", "-p", "no:cacheprovider"]).env(name, value).current_dir(folder.path());
        let mut running = Running::start(command);
        while !running.line().contains("test_first PASSED") {}
        assert!(processes(&mark) >= 2);
        for signal in signals {
            send(&running.child, signal);
        }
        let status_seen = support::wait_within(&mut running.child, PATIENCE).expect("it ends").code();
        assert_eq!(status_seen, status, "{signals:?}");
        let end = std::time::Instant::now() + PATIENCE;
        while processes(&mark) > 0 {
            assert!(std::time::Instant::now() < end, "{signals:?}: a worker lives on");
            std::thread::sleep(Duration::from_millis(10));
        }
        if status == Some(2) {
            let (_, lines, _) = running.end();
            let all = lines.join("\n");
            assert!(all.contains("! KeyboardInterrupt !") && all.contains("1 passed"), "{all}");
        }
    }
}

/// Texts that are long in the making, of lists that hold each other twice.
#[test]
fn built_in_functions_that_take_long() {
    let endless = |call: &str| {
        format!(
            "import ujson, ure
a = [1]
for i in range(60):
    a = [a, a]
long = '[' + '1,' * 10**6 + '1]'
print('ready')
while True:
    {call}"
        )
    };
    is_ended_by_ctrl_c(&endless("ujson.dumps(a)"));
    is_ended_by_ctrl_c(&endless("ujson.loads(long)"));
    is_ended_by_ctrl_c(&endless("repr(a)"));
    is_ended_by_ctrl_c(&endless("ure.sub('[0-9]', 'b', long)"));
}
