//! Starting and ending; two labs side by side.

use crate::client::{Http, PATIENCE, get, real};
use quecpy_lab::Lab;
use quecpy_net::{Transport, Upstream};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Instant;

#[test]
fn the_last_owner_ends_it() {
    let lab = Lab::start().expect("lab");
    let other = lab.clone();
    let web = real(&lab, Transport::Tcp, "www.example.com", 80);
    let mut open = Http::new(&lab);
    drop(lab);
    assert_eq!(open.get("/News", "").status, 200, "there is another owner");
    drop(other);
    assert_eq!(open.rest(), b"", "its connections are closed");
    let deadline = Instant::now() + PATIENCE;
    while TcpStream::connect(web).is_ok() {
        assert!(Instant::now() < deadline, "{web} still accepts");
    }
}

#[test]
fn two_labs_do_not_know_of_each_other() {
    let (one, two) = (Lab::start().expect("lab"), Lab::start().expect("lab"));
    assert_eq!(one.name("a.example"), two.name("b.example"), "each hands out addresses from the first");
    let at = |lab: &Arc<Lab>| real(lab, Transport::Tcp, "www.example.com", 80);
    assert_ne!(at(&one), at(&two));
    drop(one);
    assert_eq!(get(&two, "/News", "").status, 200);
}

#[test]
fn it_starts_at_once() {
    let fastest = (0..20)
        .map(|_| {
            let begin = Instant::now();
            let lab = Lab::start().expect("lab");
            let taken = begin.elapsed();
            drop(lab);
            taken
        })
        .min()
        .expect("several");
    // The median is 0.15 ms; the fastest of twenty has much room even on a busy host.
    assert!(fastest.as_millis() < 10, "{fastest:?}");
}
