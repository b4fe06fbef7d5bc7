//! Clients of a pseudo-terminal that follow each other at once. Alone in its process: a process that another test starts has
//! for a moment all that this one has open.

#![cfg(target_os = "linux")]
#![expect(clippy::disallowed_methods, reason = "what is at the other end of a wire goes by the host's time")]

use quecpy_net::wire::{Line, Receiver, terminal};
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(30);
/// As much as waits for a client at most.
const MOST: usize = 1 << 20;

/// Counts those who come, and hands on what they send.
struct Counting {
    came: AtomicUsize,
    sent: Sender<Vec<u8>>,
}

impl Receiver for Counting {
    fn receive(&self, bytes: &[u8]) -> usize {
        let _ = self.sent.send(bytes.to_vec());
        bytes.len()
    }

    fn opened(&self) {
        self.came.fetch_add(1, SeqCst);
    }
}

fn open(path: &Path) -> File {
    OpenOptions::new().read(true).write(true).open(path).expect("a terminal")
}

#[test]
fn a_client_that_comes_as_another_leaves_is_a_new_one() {
    let (sent, received) = channel();
    let feed = Arc::new(Counting { came: 0.into(), sent });
    let line = Line::default();
    let terminal = terminal(None, &line, feed.clone(), Box::new(|_| {})).unwrap();
    for n in 1..=200 {
        // The one before it has just been closed: nothing is between the two.
        let mut client = open(&terminal.path);
        client.write_all(b"x").unwrap();
        assert_eq!(received.recv_timeout(PATIENCE).unwrap(), b"x");
        assert_eq!(feed.came.load(SeqCst), n);
        line.send(b"new");
        let mut back = [0; 3];
        client.read_exact(&mut back).unwrap();
        assert_eq!(&back, b"new", "client {n}");
        // Somebody looks at it meanwhile, and it stays the same client.
        drop(open(&terminal.path));
        client.write_all(b"y").unwrap();
        assert_eq!(received.recv_timeout(PATIENCE).unwrap(), b"y");
        assert_eq!(feed.came.load(SeqCst), n);
        // What it does not read is not for the next one.
        line.send(&vec![b'o'; if n % 10 == 0 { MOST } else { 100 }]);
        let end = Instant::now() + PATIENCE;
        while rustix::io::ioctl_fionread(&client).unwrap() == 0 {
            assert!(Instant::now() < end, "nothing comes");
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}
