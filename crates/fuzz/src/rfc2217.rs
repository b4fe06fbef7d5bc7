//! What clients of a serial port say in RFC 2217: how it arrives in portions makes no difference, answers are bounded, and data
//! that is sent comes through.

use crate::target::Target;
use quecpy_net::wire::rfc2217::{Telnet, escaped};

pub const TARGET: Target = Target { name: "rfc2217", run, seeds, words: WORDS, inputs: 20_000 };

const WORDS: &[&[u8]] = &[
    b"\xff",
    b"\xff\xff",
    b"\xff\xfb\x00",
    b"\xff\xfd\x01",
    b"\xff\xfc\x2c",
    b"\xff\xfe\x03",
    b"\xff\xfa\x2c",
    b"\xff\xf0",
    b"\xff\xfa\x2c\x01\x00\x01\xc2\x00\xff\xf0",
    b"\xff\xfa\x2c\x0b\xff\xff\xff\xf0",
    b"\xff\xf1",
];

fn seeds() -> Vec<Vec<u8>> {
    crate::target::owned(&[
        b"\x03\xff\xfb\x2ca\xff\xfd\x01\xff\xfd\x63print(1)\r",
        b"\x00\xff\xfa\x2c\x01\0\x01\xc2\0\xff\xf0\xff\xfa\x2c\x05\x08\xff\xf0\xff\xfa\x2c\x07\xff\xf0",
    ])
}

/// Of one command or one setting.
const LONGEST_ANSWER: usize = 140;

fn run(bytes: &[u8]) {
    let [portion, rest @ ..] = bytes else { return };
    let whole = Telnet::default().receive(rest);
    let mut telnet = Telnet::default();
    let (mut data, mut answers) = (Vec::new(), Vec::new());
    for part in rest.chunks(usize::from(*portion) + 1) {
        let (more, answer) = telnet.receive(part);
        data.extend(more);
        answers.extend(answer);
    }
    assert_eq!((data, answers), whole);
    let commands = rest.iter().filter(|byte| **byte == 0xff).count();
    assert!(whole.0.len() <= rest.len() && whole.1.len() <= commands * LONGEST_ANSWER);
    assert_eq!(Telnet::default().receive(&escaped(rest)), (rest.to_vec(), Vec::new()));
}
