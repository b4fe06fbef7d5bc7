//! The lab's name server: a reply fits a datagram, somebody else's parser reads it, it belongs to the query, and it is not
//! answered itself.

use crate::target::Target;
use quecpy_lab::in_memory::World;
use simple_dns::{Packet, PacketFlag};

pub const TARGET: Target = Target { name: "dns", run, seeds, words: WORDS, inputs: 20_000 };

const WORDS: &[&[u8]] = &[
    b"\x07example\x03com\x00",
    b"\x03www",
    b"\x00",
    b"\xc0\x0c",
    b"\x3f",
    b"\x40",
    b"\x00\x01",
    b"\x00\x1c",
    b"\x00\xff",
    b"\x80\x01",
    b"\x00\x00\x29\x10\x00\x00\x00\x00\x00\x00\x00",
    b"\x09localhost\x00",
    b"\x07invalid\x00",
];

fn seeds() -> Vec<Vec<u8>> {
    crate::target::owned(&[
        b"\xbe\xef\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x03www\x07example\x03com\x00\x00\x01\x00\x01",
        b"\x00\x01\x00\x00\x00\x01\x00\x00\x00\x00\x00\x01\x01a\x00\x00\xff\x00\xff\x00\x00\x29\x10\x00\x00\x00\x00\x00\x00\x00",
        b"\x00\x02\x28\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x01\x00\x01",
    ])
}

/// RFC 1035, 2.3.4.
const LARGEST: usize = 512;

fn run(query: &[u8]) {
    let world = World::default();
    let Some(reply) = world.dns(query) else { return };
    assert!(reply.len() <= LARGEST);
    assert_eq!(reply[..2], query[..2]);
    assert_eq!(world.dns(&reply), None, "a reply is not answered");
    assert_eq!(world.dns(query).as_ref(), Some(&reply), "the same question has the same answer");
    // Somebody else's parser knows fewer types and classes.
    let Ok(packet) = Packet::parse(&reply) else {
        assert!(Packet::parse(query).is_err(), "{}", reply.escape_ascii());
        return;
    };
    assert!(packet.has_flags(PacketFlag::RESPONSE));
    if let Ok(asked) = Packet::parse(query) {
        let (asked, answered) = (&asked.questions, &packet.questions);
        assert!(answered.is_empty() || asked.first().map(|q| &q.qname) == answered.first().map(|q| &q.qname));
    }
}
