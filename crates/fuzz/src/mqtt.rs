//! The lab's broker: whatever a client says, it ends with it, and two others hear each other.

use crate::in_memory::{converse, runtime};
use crate::target::Target;
use quecpy_lab::in_memory::World;

pub const TARGET: Target = Target { name: "mqtt", run, seeds, words: WORDS, inputs: 3000 };

const WORDS: &[&[u8]] = &[
    CONNECT,
    b"\x10\x12\x00\x06MQIsdp\x03\x02\x00\x3c\x00\x04evil",
    b"\x82\x06\x00\x01\x00\x01#\x02",
    b"\x30\x05\x00\x01avxy",
    b"\x34\x06\x00\x01a\x00\x02x",
    b"\x62\x02\x00\x02",
    b"\x50\x02\x00\x02",
    b"\x40\x02\x00\x01",
    b"\xa2\x05\x00\x03\x00\x01#",
    b"\xc0\x00",
    b"\xe0\x00",
    b"\xff\xff\xff\x7f",
    b"\x80\x80\x80\x80\x01",
    b"\x31\x04\x00\x01ax",
    b"\x00\x00",
    b"\xff\xff",
    b"+/#",
    b"$SYS/#",
];

/// A client called "evil", with a will.
const CONNECT: &[u8] = b"\x10\x16\x00\x04MQTT\x04\x06\x00\x3c\x00\x04evil\x00\x01w\x00\x01x";

fn seeds() -> Vec<Vec<u8>> {
    let rest: [&[u8]; 4] = [
        b"\x82\x06\x00\x01\x00\x01#\x02\x34\x06\x00\x01a\x00\x02x\x62\x02\x00\x02\xe0\x00",
        b"\x30\x05\x00\x01avxy\xc0\x00\xa2\x05\x00\x03\x00\x01#",
        b"\x31\x04\x00\x01ax\x82\x08\x00\x01\x00\x03+/#\x01",
        b"",
    ];
    rest.iter().map(|rest| [CONNECT, rest].concat()).collect()
}

/// A client that subscribes to "good/t" and says "hi" there, in one breath.
const GOOD: &[u8] = b"\x10\x10\x00\x04MQTT\x04\x02\x00\x3c\x00\x04good\x82\x0b\x00\x01\x00\x06good/t\x00\x30\x0a\x00\x06good/thi\xe0\x00";
const HEARD: &[u8] = b"\x30\x0a\x00\x06good/thi";

fn run(bytes: &[u8]) {
    let world = World::default();
    let serve = |stream| {
        let world = world.clone();
        async move { world.mqtt(stream).await }
    };
    runtime().block_on(async {
        let _ = converse(serve, bytes).await;
        let good = converse(serve, GOOD).await;
        assert!(good.starts_with(b"\x20\x02\x00\x00"), "{}", good.escape_ascii());
        assert!(good.windows(HEARD.len()).any(|part| part == HEARD), "{}", good.escape_ascii());
    });
}
