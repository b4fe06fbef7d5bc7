//! Systems on which threads are not bound.

use super::wall::Wall;
use std::io;
use std::path::PathBuf;

/// Whether threads can be bound here.
pub const HAS_WALL: bool = false;

/// Does nothing.
///
/// # Errors
/// None.
pub fn restrict(_read: &[PathBuf], _write: &[PathBuf]) -> io::Result<Wall> {
    Ok(Wall::None)
}
