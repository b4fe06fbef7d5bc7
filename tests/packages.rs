//! Packages that their authors publish for MicroPython run unchanged. They are fetched once, by the host's Python and pip,
//! into the build's own folder; where that cannot be, each test says so and is skipped.

mod support;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use support::{PATIENCE, Running, program, root, run_within};

/// One at a time: two tests may want the same package.
static FETCHING: Mutex<()> = Mutex::new(());

/// A package: name, version, and the folder of its modules within what is unpacked.
struct Package(&'static str, &'static str, &'static str);

const MICRODOT: Package = Package("microdot", "2.7.0", "microdot-2.7.0/src/microdot");
const SIMPLE2: Package = Package("micropython-umqtt.simple2", "2.2.0", "micropython-umqtt.simple2-2.2.0/umqtt");
const MODBUS: Package = Package("micropython-modbus", "2.3.7", "micropython-modbus-2.3.7/umodbus");

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("a readable entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// A project with the package as `/usr/NAME` and the script beside it; `None` where the package cannot be had.
fn project(package: &Package, name: &str, script: &str) -> Option<PathBuf> {
    let Package(published, version, modules) = package;
    let _one = FETCHING.lock().expect("no test fails while it fetches");
    let store = Path::new(env!("CARGO_TARGET_TMPDIR")).join("packages");
    std::fs::create_dir_all(&store).expect("a folder");
    let modules = store.join(modules);
    if !modules.is_dir() {
        let mut fetch = Command::new("python3");
        fetch.arg(root().join("tests/packages/fetch.py")).args([published, version]).arg(&store);
        let fetched = run_within(fetch, PATIENCE * 3);
        if !matches!(&fetched, Ok(ended) if ended.status == Some(0)) {
            let why = fetched.map_or_else(|e| e, |ended| ended.stderr);
            eprintln!("SKIPPED: {published} {version} cannot be fetched: {}", why.lines().last().unwrap_or_default());
            return None;
        }
    }
    let project = store.join(format!("project of {script}"));
    copy(&modules, &project.join(name));
    std::fs::copy(root().join("tests/packages").join(script), project.join(script)).expect("a copy");
    Some(project.join(script))
}

#[test]
fn umqtt_simple2_talks_to_the_labs_broker() {
    let Some(script) = project(&SIMPLE2, "umqtt2", "umqtt_simple2.py") else { return };
    let mut command = program();
    command.args(["--lab", "--ephemeral"]).arg(script);
    let ended = run_within(command, PATIENCE).expect("it ends");
    assert_eq!(ended.stdout, "session present: 0\nb't/a' b'hello' False False\ndone\n", "{}", ended.stderr);
}

#[test]
fn modbus_reads_and_writes_registers() {
    let Some(script) = project(&MODBUS, "umodbus", "modbus_tcp.py") else { return };
    let mut command = program();
    command.args(["--exit", "--ephemeral"]).arg(script);
    let ended = run_within(command, PATIENCE).expect("it ends");
    assert_eq!(ended.stdout, "(19,)\nTrue\n(42,)\n[True]\n", "{}", ended.stderr);
}

#[test]
fn microdot_answers_a_client_of_this_computer() {
    use std::io::{Read, Write};
    let Some(script) = project(&MICRODOT, "microdot", "microdot_server.py") else { return };
    let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a free port").port();
    let text = std::fs::read_to_string(&script).expect("a script").replace("port=5000", &format!("port={port}"));
    std::fs::write(&script, text).expect("written");
    let mut command = program();
    command.arg("--ephemeral").arg(&script);
    let mut server = Running::start(command);
    assert_eq!(server.line(), "serving");
    let ask = |request: String| {
        let mut stream = loop {
            match std::net::TcpStream::connect(("127.0.0.1", port)) {
                Ok(stream) => break stream,
                Err(_) => std::thread::yield_now(),
            }
        };
        stream.write_all(request.as_bytes()).expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    };
    let page = ask("GET / HTTP/1.0\r\nHost: x\r\n\r\n".into());
    assert!(page.starts_with("HTTP/1.0 200 OK") && page.ends_with("Hello from microdot"), "{page}");
    let body = "{\"a\": [1, 2]}";
    let head = "POST /echo/bob?x=1 HTTP/1.0\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ";
    let page = ask(format!("{head}{}\r\n\r\n{body}", body.len()));
    assert!(page.contains("\"name\": \"bob\"") && page.contains("\"a\": [1, 2]"), "{page}");
    let _ = server.child.kill();
}
