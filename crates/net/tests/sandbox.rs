//! The operating system's wall, from both sides. A thread of its own enters it: there is no way back out.

use quecpy_net::sandbox::{self, Reach, Wall, enter, outside};
use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;

/// Whether the wall is there. Where it is not the test has nothing to see, and says so.
fn stands() -> bool {
    let wall = sandbox::available();
    if wall == Wall::None {
        eprintln!("NOT TESTED: scripts are kept in by {wall}");
    }
    wall != Wall::None
}

fn is_denied<T>(result: std::io::Result<T>) -> bool {
    result.is_err_and(|e| e.kind() == ErrorKind::PermissionDenied)
}

/// What a bound thread can do: read one folder, write another, and nothing else.
fn look_around(read: &Path, write: &Path, other: &Path) {
    assert_eq!(fs::read(read.join("file")).expect("inside the sandbox"), b"read");
    assert_eq!(fs::read_dir(read).expect("inside the sandbox").count(), 1);
    assert!(is_denied(fs::write(read.join("file"), "x")));
    assert!(is_denied(fs::write(read.join("new"), "x")));
    assert!(is_denied(fs::remove_file(read.join("file"))));

    fs::create_dir_all(write.join("a/b")).expect("inside the sandbox");
    fs::write(write.join("a/b/new"), "x").expect("inside the sandbox");
    fs::rename(write.join("a/b/new"), write.join("a/b/newer")).expect("inside the sandbox");
    fs::write(write.join("a/b/newer"), "y").expect("inside the sandbox");
    assert_eq!(fs::read(write.join("a/b/newer")).expect("inside the sandbox"), b"y");
    fs::remove_dir_all(write.join("a")).expect("inside the sandbox");

    assert!(is_denied(fs::read(other.join("file"))));
    assert!(is_denied(fs::read_dir(other)));
    assert!(is_denied(fs::write(other.join("file"), "x")));
    assert!(is_denied(fs::read("/etc/passwd")));
    assert!(is_denied(fs::read("/proc/self/environ")));
    assert!(is_denied(fs::read_dir("/")));
    // A link that leads out.
    #[cfg(unix)]
    assert!(is_denied(std::os::unix::fs::symlink(other.join("file"), write.join("link"))));
    // A copy of a program in a folder that can be written is no way either.
    let program = write.join("program");
    assert!(is_denied(fs::copy("/bin/true", &program)));
    assert!(is_denied(Command::new("/bin/true").status()));
}

#[test]
fn a_bound_thread_and_its_children_reach_their_folders_and_no_other() {
    if !stands() {
        return;
    }
    let [read, write, other] = std::array::from_fn(|_| tempfile::tempdir().expect("inside the sandbox"));
    fs::write(read.path().join("file"), "read").expect("inside the sandbox");
    fs::write(other.path().join("file"), "other").expect("inside the sandbox");
    let listener = TcpListener::bind("127.0.0.1:0").expect("inside the sandbox");
    let address = listener.local_addr().expect("inside the sandbox");
    let folders = [read.path(), write.path(), other.path()].map(Path::to_owned);
    let bound = std::thread::spawn(move || {
        let [read, write, other] = &folders;
        let reach = Reach { read: vec![read.clone(), "/no/such/folder".into()], write: vec![write.clone()] };
        assert!(matches!(enter(&reach).expect("inside the sandbox"), Wall::Landlock(1..)));
        look_around(read, write, other);
        std::thread::scope(|scope| {
            scope.spawn(|| look_around(read, write, other)).join().expect("a child is bound like its parent");
        });
        // Sockets are left alone.
        let mut client = TcpStream::connect(address).expect("inside the sandbox");
        client.write_all(b"hello").expect("inside the sandbox");
        let mut back = [0; 5];
        let (mut server, _) = listener.accept().expect("inside the sandbox");
        server.read_exact(&mut back).expect("inside the sandbox");
        assert_eq!(&back, b"hello");
        // What this program does itself.
        let file = other.join("file");
        assert_eq!(outside(move || outside(move || fs::read(file))).expect("inside the sandbox"), b"other");
        assert!(std::panic::catch_unwind(|| outside(|| panic!("inside the job"))).is_err());
        assert_eq!(outside(|| 1), 1);
        // A second wall is no harm, and opens nothing.
        enter(&Reach { read: vec!["/".into()], write: vec!["/".into()] }).expect("inside the sandbox");
        look_around(read, write, other);
        // The main thread's stack can still be measured.
        assert!(fs::read("/proc/self/maps").is_ok());
    });
    bound.join().expect("the wall holds");
    // This thread is not bound.
    assert_eq!(fs::read(other.path().join("file")).expect("inside the sandbox"), b"other");
}

#[test]
fn without_a_wall_what_is_outside_is_done_here() {
    let here = std::thread::current().id();
    let there = outside(|| std::thread::current().id());
    // Another test of this process may have entered.
    assert!(there == here || sandbox::available() != Wall::None);
}
