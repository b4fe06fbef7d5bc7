//! The lab's time server: 48 bytes for a client's request, with the client's timestamp; nothing for anything else, so that two
//! servers never talk to each other.

use crate::target::Target;
use quecpy_lab::in_memory::World;

pub const TARGET: Target =
    Target { name: "ntp", run, seeds, words: &[b"\x1b", b"\xe3", b"\x24", &[0; 40]], inputs: 20_000 };

fn seeds() -> Vec<Vec<u8>> {
    let mut request = [0; 48];
    request[0] = 0x1b;
    crate::target::owned(&[&request, &[0x23; 68], &[0x1b; 47]])
}

fn run(request: &[u8]) {
    let world = World::default();
    let reply = world.ntp(request);
    assert_eq!(reply.is_some(), request.len() >= 48 && request[0] & 7 == 3);
    let Some(reply) = reply else { return };
    assert_eq!(reply.len(), 48);
    assert_eq!(reply[24..32], request[40..48]);
    assert_eq!(world.ntp(&reply), None, "a reply is not answered");
}
