//! Inputs for a bounded run: the same in every run of a seed. cargo-fuzz makes better ones, led by what they reach; these
//! need no special compiler.

use crate::target::Target;

/// xorshift64*.
pub struct Random(u64);

impl Random {
    /// A stream of numbers for a seed and a name.
    #[must_use]
    pub fn new(seed: u64, name: &str) -> Self {
        // FNV-1a.
        let hash =
            name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3));
        Self((hash ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)).max(1))
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16
    }

    /// A number below `limit`, which is not 0.
    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next()).unwrap_or(usize::MAX) % limit
    }

    fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[0]
    }

    fn one_of<'a, T>(&mut self, things: &'a [T]) -> Option<&'a T> {
        if things.is_empty() { None } else { things.get(self.below(things.len())) }
    }
}

/// No input is made longer.
const LONGEST: usize = 4096;
/// Changes of one input, at most.
const CHANGES: usize = 6;
/// Numbers that are ends of ranges.
const BOUNDARIES: [u8; 8] = [0, 1, 0x7f, 0x80, 0xff, 0xfe, 0x20, 0x0a];

/// The next input: a seed, changed in a few places.
pub fn next(random: &mut Random, target: &Target, seeds: &[Vec<u8>]) -> Vec<u8> {
    let mut input = random.one_of(seeds).cloned().unwrap_or_default();
    for _ in 0..=random.below(CHANGES) {
        change(random, target, seeds, &mut input);
    }
    input.truncate(LONGEST);
    input
}

fn change(random: &mut Random, target: &Target, seeds: &[Vec<u8>], input: &mut Vec<u8>) {
    let at = random.below(input.len() + 1);
    let end = at + random.below(input.len() - at + 1);
    match random.below(10) {
        0 => input.truncate(at),
        1 => drop(input.drain(at..end)),
        2 => {
            let copy = input[at..end].to_vec();
            insert(input, at, &copy);
        }
        3 => {
            let other = random.one_of(seeds).cloned().unwrap_or_default();
            let from = random.below(other.len() + 1);
            insert(input, at, &other[from..]);
        }
        4..=6 => {
            let word = random.one_of(target.words).copied().unwrap_or_default();
            insert(input, at, word);
        }
        7 => {
            let bytes: Vec<u8> = (0..=random.below(8)).map(|_| random.byte()).collect();
            insert(input, at, &bytes);
        }
        8 => {
            let byte = random.one_of(&BOUNDARIES).copied().unwrap_or_default();
            if let Some(there) = input.get_mut(at) {
                *there = byte;
            }
        }
        _ => {
            let bit = 1 << random.below(8);
            if let Some(there) = input.get_mut(at) {
                *there ^= bit;
            }
        }
    }
}

fn insert(input: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    drop(input.splice(at..at, bytes.iter().copied()));
}
