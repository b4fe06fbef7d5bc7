//! Changes to the line and what a terminal needs to show them: few bytes, in the very form that MicroPython sends.

use crate::input_line::{InputLine, columns};

/// A change: first the cursor goes back, then bytes are cut or put in, then the cursor goes forward.
pub(crate) enum Change<'a> {
    /// The cursor moves so many bytes.
    Back(usize),
    Forward(usize),
    /// So many bytes before the cursor and behind it are cut.
    Cut(usize, usize),
    /// Inserted at the cursor, which moves behind it.
    Insert(&'a [u8]),
    /// The line becomes this one, the cursor moves to its end.
    Replace(&'a [u8]),
    /// The line was written anew up to the cursor: the rest follows.
    Rest,
}

pub(crate) fn apply(line: &mut InputLine, change: Change, wire: &mut Vec<u8>) {
    let mut shorter = false;
    let forward = match change {
        Change::Back(bytes) => {
            back(columns(tail(line.left(), bytes)), wire);
            return line.move_cursor(bytes, 0);
        }
        Change::Forward(bytes) => {
            wire.extend_from_slice(&line.right()[..bytes]);
            return line.move_cursor(0, bytes);
        }
        Change::Cut(before, behind) => {
            back(columns(tail(line.left(), before)), wire);
            line.cut(before, behind);
            shorter = before + behind > 0;
            0
        }
        Change::Insert(bytes) => {
            line.insert(bytes);
            bytes.len()
        }
        Change::Replace(bytes) => {
            shorter = columns(bytes) < columns(line.line());
            back(columns(line.left()), wire);
            line.replace(bytes);
            bytes.len()
        }
        Change::Rest => 0,
    };
    if shorter {
        wire.extend_from_slice(b"\x1b[K");
    }
    wire.extend_from_slice(line.right());
    line.move_cursor(0, forward);
    back(columns(line.right()), wire);
}

fn tail(bytes: &[u8], count: usize) -> &[u8] {
    &bytes[bytes.len() - count..]
}

fn back(columns: usize, wire: &mut Vec<u8>) {
    match columns {
        0..=4 => wire.extend(std::iter::repeat_n(8, columns)),
        _ => wire.extend_from_slice(format!("\x1b[{columns}D").as_bytes()),
    }
}
