//! Random bytes: no panic, bounded memory and answers, and every run ends in a prompt. `fuzz/` does the same for longer.

#[path = "../fuzz/player.rs"]
mod player;

/// xorshift64*: the same bytes in every run of the test.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next()).unwrap_or(usize::MAX) % limit
    }
}

/// What terminals and clients send, so that random bytes get somewhere.
const PIECES: [&[u8]; 24] = [
    b"\r",
    b"\n",
    b"\x01",
    b"\x02",
    b"\x03",
    b"\x04",
    b"\x05",
    b"\x05A\x01",
    b"\t",
    b"\x7f",
    b"\x1b[A",
    b"\x1b[B",
    b"\x1b[D",
    b"\x1b[C",
    b"\x1b[H",
    b"\x1b[3~",
    b"\x1b[1;5D",
    b"\x1b\x7f",
    b"if 1:\r",
    b"(",
    b"'''",
    b"    ",
    "你ü".as_bytes(),
    b"\x0b\x15\x17",
];

fn random_bytes(random: &mut Random) -> Vec<u8> {
    let mut bytes = Vec::new();
    for _ in 0..random.below(300) {
        match random.below(4) {
            0 => bytes.push(u8::try_from(random.below(256)).unwrap_or(0)),
            1 => bytes.push(b"abc ().:"[random.below(8)]),
            _ => bytes.extend_from_slice(PIECES[random.below(PIECES.len())]),
        }
    }
    bytes
}

#[test]
fn random_bytes_do_no_harm() {
    let mut random = Random(20_260_801);
    for _ in 0..3000 {
        player::play(&random_bytes(&mut random));
    }
}
