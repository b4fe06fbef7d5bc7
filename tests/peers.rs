//! Our clients and servers with programs of others, where those are installed: openssl and mosquitto. Where one is not,
//! its tests say so and pass.

mod support;
use quecpy_lab::Lab;
use quecpy_net::{Route, Transport, Upstream};
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Instant;
use support::{PATIENCE, Running, program, root, run_within};

/// A program that ends with its test.
struct Peer(Child);

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Whether a program is here; says loudly when it is not.
fn installed(name: &str, argument: &str) -> bool {
    let run = Command::new(name).arg(argument).stdout(Stdio::null()).stderr(Stdio::null()).status();
    if run.is_err() {
        eprintln!("\n*** SKIPPED: {name} is not installed; nothing was tested against it ***\n");
    }
    run.is_ok()
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its address").port()
}

fn wait_for(port: u16) {
    let end = Instant::now() + PATIENCE;
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(Instant::now() < end, "nobody listens at {port}");
        std::thread::yield_now();
    }
}

fn certificate() -> PathBuf {
    root().join("tests/scripts/protocols/tls_cert.pem")
}

fn key() -> PathBuf {
    root().join("tests/scripts/protocols/tls_key.pem")
}

/// Python that reads the test's certificate and key.
fn texts() -> String {
    let read = |path: PathBuf| std::fs::read_to_string(path).expect("a file of the tests");
    format!("cert = {:?}\nkey = {:?}\n", read(certificate()), read(key()))
}

fn lines(code: &str) -> Vec<String> {
    let mut command = program();
    command.arg("-c").arg(code);
    let run = run_within(command, PATIENCE).expect("it ends");
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    run.stdout.lines().map(str::to_owned).collect()
}

#[test]
fn our_tls_client_and_openssl_s_server() {
    if !installed("openssl", "version") {
        return;
    }
    for version in ["-tls1_2", "-tls1_3"] {
        let port = free_port();
        let server = Command::new("openssl")
            .args(["s_server", "-quiet", "-www", version, "-accept", &format!("127.0.0.1:{port}")])
            .arg("-cert")
            .arg(certificate())
            .arg("-key")
            .arg(key())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("openssl starts");
        let _server = Peer(server);
        wait_for(port);
        let mut code = texts();
        let _ = write!(
            code,
            "
import usocket, ussl
for name, ca in (('server.test', cert), ('server.test', None), (None, cert), (None, None), ('other.test', cert)):
    sock = usocket.socket()
    sock.connect(('127.0.0.1', {port}))
    try:
        conn = ussl.wrap_socket(sock, server_hostname=name, ca=ca)
        conn.write('GET / HTTP/1.0\\r\\n\\r\\n')
        print(conn.readline(), len(conn.read()) > 1000)
    except OSError as e:
        print(e.args[0])
    sock.close()
"
        );
        let page = "b'HTTP/1.0 200 ok\\r\\n' True";
        assert_eq!(lines(&code), [page, page, page, page, "-9984"], "{version}");
    }
}

#[test]
fn our_tls_server_and_openssl_s_client() {
    if !installed("openssl", "version") {
        return;
    }
    for version in ["-tls1_2", "-tls1_3"] {
        let mut code = texts();
        code += "
import usocket, ussl
listener = usocket.socket()
listener.bind(('127.0.0.1', 0))
listener.listen(1)
print(listener.getsockopt(usocket.SOL_SOCKET, usocket.SO_ACCEPTCONN)[1])
conn = ussl.wrap_socket(listener.accept()[0], server_side=True, cert=cert, key=key)
print(conn.readline())
conn.write('welcome\\n')
conn.close()
";
        let mut server = Running::code(&code, &[]);
        let port = server.line();
        let mut client = Command::new("openssl")
            .args(["s_client", "-quiet", "-verify_return_error", "-servername", "server.test", version])
            .args(["-connect", &format!("127.0.0.1:{port}"), "-CAfile"])
            .arg(certificate())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map(Peer)
            .expect("openssl starts");
        client.0.stdin.as_mut().expect("piped").write_all(b"hello\n").expect("sent");
        let mut line = String::new();
        BufReader::new(client.0.stdout.take().expect("piped")).read_line(&mut line).expect("text");
        assert_eq!(line, "welcome\n", "{version}");
        let (status, lines, stderr) = server.end();
        assert_eq!((status, lines), (Some(0), vec!["b'hello\\n'".to_owned()]), "{version}: {stderr}");
    }
}

/// Debian keeps it where ordinary users have no path to.
fn mosquitto() -> Option<&'static str> {
    let known = ["mosquitto", "/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto", "/opt/homebrew/sbin/mosquitto"];
    let found = known
        .into_iter()
        .find(|name| Command::new(name).arg("-h").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok());
    if found.is_none() {
        eprintln!("\n*** SKIPPED: mosquitto is not installed; umqtt was not tested against it ***\n");
    }
    found
}

#[test]
fn umqtt_and_mosquitto() {
    let Some(mosquitto) = mosquitto() else { return };
    let folder = std::env::temp_dir().join(format!("quecpy-mosquitto-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let (plain, secured) = (free_port(), free_port());
    // Started by root it becomes another user, who must be able to read these.
    for (from, to) in [(certificate(), "cert.pem"), (key(), "key.pem")] {
        std::fs::copy(from, folder.join(to)).expect("copied");
    }
    let at = folder.display();
    let configuration = format!(
        "allow_anonymous true\nuser root\nlistener {plain} 127.0.0.1\nlistener {secured} 127.0.0.1\n\
         certfile {at}/cert.pem\nkeyfile {at}/key.pem\n"
    );
    std::fs::write(folder.join("mosquitto.conf"), configuration).expect("written");
    let mut broker = Command::new(mosquitto);
    broker.arg("-c").arg(folder.join("mosquitto.conf")).stdout(Stdio::null()).stderr(Stdio::null());
    let _broker = Peer(broker.spawn().expect("mosquitto starts"));
    wait_for(plain);
    wait_for(secured);
    let mut code = texts();
    let _ = write!(
        code,
        "
from umqtt import MQTTClient
for port, tls in (({plain}, False), ({secured}, True)):
    for version in (3, 4):
        got = []
        client = MQTTClient('me', '127.0.0.1', port, ssl=tls, version=version, keepalive=60)
        client.set_callback(lambda topic, message: got.append((topic, message)))
        client.set_last_will('will', 'gone', qos=1)
        client.connect()
        client.subscribe('a/+', 1)
        print(client.publish('a/b', 'zero'), client.publish('a/c', b'one', qos=1))
        while len(got) < 2:
            client.wait_msg()
        print(got)
        client.disconnect()
"
    );
    let expected = ["True True", "[(b'a/b', b'zero'), (b'a/c', b'one')]"].repeat(4);
    let printed = lines(&code);
    let _ = std::fs::remove_dir_all(&folder);
    assert_eq!(printed, expected);
}

#[test]
fn mosquittos_clients_and_the_labs_broker() {
    if !installed("mosquitto_pub", "--help") || !installed("mosquitto_sub", "--help") {
        return;
    }
    let lab = Lab::start().expect("lab");
    let name = lab.name("broker.example.com").expect("an address");
    let Route::To(real) = lab.route(Transport::Tcp, SocketAddr::new(name, 1883)) else { panic!("no broker") };
    let port = real.port().to_string();
    for (version, qos) in [("mqttv31", "1"), ("mqttv311", "0"), ("mqttv311", "1"), ("mqttv311", "2")] {
        let client = |program: &str, arguments: &[&str]| {
            let mut command = Command::new(program);
            command.args(["-h", "127.0.0.1", "-p", &port, "-V", version, "-q", qos, "-t", "kept"]).args(arguments);
            run_within(command, PATIENCE).expect("it ends")
        };
        let message = format!("{version} {qos}");
        assert_eq!(client("mosquitto_pub", &["-r", "-m", &message]).status, Some(0), "{message}");
        let heard = client("mosquitto_sub", &["-C", "1"]);
        assert_eq!(heard.stdout.trim_end(), message, "{}", heard.stderr);
    }
}
