//! The list of names that Tab shows, in columns as MicroPython sets them (py/repl.c).

const SLOT: usize = 16;
const LINE: usize = 4 * SLOT;

/// The list, for the wire: it begins on a line of its own and ends with one.
pub(crate) fn columns(names: &[String]) -> Vec<u8> {
    let mut text = String::new();
    // As if the line were full: the first name begins a new one.
    let mut used = LINE;
    for name in names {
        let mut gap = used.next_multiple_of(SLOT) - used;
        if gap < 2 {
            gap += SLOT;
        }
        if used + gap + name.len() <= LINE {
            text.extend(std::iter::repeat_n(' ', gap));
            used += gap + name.len();
        } else {
            text.push('\n');
            used = name.len();
        }
        text.push_str(name);
    }
    text.push('\n');
    crate::cooked(text.as_bytes())
}
