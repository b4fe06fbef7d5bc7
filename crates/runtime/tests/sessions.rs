//! Several sessions in one process, on one thread and on several.
#![expect(clippy::disallowed_methods, reason = "these tests are of the host's time")]

use quecpy_runtime::{Options, Outcome, Printed, Session, Source, Storage, stdio};
use std::time::Duration;

/// Threads whose steps on shared objects come one after another only if threads take turns.
const THREADS: &str = "
import _thread
items = []
errors = []
done = _thread.allocate_semphore(4)
def work(number):
    try:
        for i in range(1000):
            items.append(number)
            items.remove(number)
    except Exception as e:
        errors.append(e)
    done.release()
for i in range(4):
    done.acquire()
for i in range(4):
    _thread.start_new_thread(work, (i,))
for i in range(4):
    done.acquire()
print(errors, items)
";
const RIGHT: &str = "[] []\n";

fn session(exit: bool) -> (Session, Printed) {
    let (console, output) = stdio::captured("");
    let options = Options { console, exit, storage: Storage::Ephemeral, ..Options::default() };
    (Session::new(options).expect("a session"), output)
}

#[track_caller]
fn runs(session: &Session, code: &str) {
    assert_eq!(session.run(&Source::text("<test>", code)), Outcome::Done);
}

fn text(output: &Printed) -> String {
    format!("{}{}", output.stdout(), output.stderr())
}

#[test]
fn side_by_side() {
    let run = || {
        let (session, output) = session(false);
        runs(&session, THREADS);
        session.end();
        text(&output)
    };
    std::thread::scope(|scope| {
        let others: Vec<_> = (0..3).map(|_| scope.spawn(run)).collect();
        for other in others {
            assert_eq!(other.join().expect("it does not panic"), RIGHT);
        }
    });
}

#[test]
fn by_turns_on_one_thread() {
    let (first, first_output) = session(false);
    runs(&first, THREADS);
    let (second, second_output) = session(false);
    runs(&second, THREADS);
    runs(&first, THREADS);
    first.end();
    runs(&second, THREADS);
    second.end();
    let (third, third_output) = session(false);
    runs(&third, THREADS);
    assert_eq!(text(&first_output), RIGHT.repeat(2));
    assert_eq!(text(&second_output), RIGHT.repeat(2));
    assert_eq!(text(&third_output), RIGHT);
}

#[test]
fn within_another() {
    let (outer, outer_output) = session(false);
    runs(&outer, THREADS);
    outer.enter(|_| {
        let (inner, output) = session(false);
        runs(&inner, THREADS);
        assert_eq!(text(&output), RIGHT);
    });
    runs(&outer, THREADS);
    assert_eq!(text(&outer_output), RIGHT.repeat(2));
}

#[test]
fn threads_of_one_serve_another_on_the_same_thread() {
    let (server, server_output) = session(true);
    runs(
        &server,
        "
import _thread, usocket
s = usocket.socket()
s.bind(('127.0.0.1', 0))
s.listen(1)
print(s.getsockopt(usocket.SOL_SOCKET, usocket.SO_ACCEPTCONN)[1])
def serve():
    c = s.accept()[0]
    c.send(c.recv(10).upper())
    c.close()
_thread.start_new_thread(serve, ())
",
    );
    let port = text(&server_output);
    let (client, output) = session(false);
    let code = format!(
        "
import usocket
c = usocket.socket()
c.settimeout(20)
c.connect(('127.0.0.1', {}))
c.send('hello')
print(c.recv(10))
",
        port.trim()
    );
    runs(&client, &code);
    assert_eq!(text(&output), "b'HELLO'\n");
    client.end();
    server.end();
}

#[test]
fn each_is_interrupted_by_its_own_handle() {
    let (first, _) = session(false);
    let (second, _) = session(false);
    for session in [&first, &second, &first] {
        let interrupter = session.interrupter();
        let interrupt = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(50));
            interrupter.interrupt();
        });
        let outcome = session.run(&Source::text("<test>", "import utime\nutime.sleep(60)\n"));
        assert_eq!(outcome, Outcome::Interrupted);
        interrupt.join().expect("it does not panic");
    }
}
