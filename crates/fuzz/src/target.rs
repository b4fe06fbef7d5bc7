//! A fuzz target: one surface, and how to feed it.

/// One surface.
pub struct Target {
    /// As `cargo fuzz run` knows it, and as its folder in `corpus` is called.
    pub name: &'static str,
    /// Panics when something does not hold.
    pub run: fn(&[u8]),
    /// Inputs to start from.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// What inputs of this kind are made of.
    pub words: &'static [&'static [u8]],
    /// Inputs of a run in the suite.
    pub inputs: usize,
}

/// Seeds that are written down as they are.
pub(crate) fn owned(seeds: &[&[u8]]) -> Vec<Vec<u8>> {
    seeds.iter().map(|seed| seed.to_vec()).collect()
}
