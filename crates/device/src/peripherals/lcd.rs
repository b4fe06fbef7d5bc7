//! The screen: a frame buffer that records what a script draws.

use parking_lot::Mutex;

/// Why something was not drawn, as the numbers that scripts see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Not started, or started already.
    State = -1,
    /// Coordinates or sizes.
    Size = -2,
    /// An empty buffer.
    Buffer = -3,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Screen {
    width: u16,
    height: u16,
    /// RGB565, row by row.
    pixels: Vec<u16>,
}

#[derive(Debug, Clone, Default)]
struct State {
    screen: Option<Screen>,
    lit: bool,
    brightness: u8,
    /// What was sent to the panel past the frame buffer, and what could not be drawn.
    log: Vec<String>,
}

/// Lines that the log keeps.
const LOG: usize = 256;
/// The brightest backlight.
pub const BRIGHTEST: u8 = 5;

/// A board's screen.
#[derive(Debug, Default)]
pub struct Lcd(Mutex<State>);

type Done = Result<(), Fault>;

impl Lcd {
    /// Starts a screen of that size, black.
    ///
    /// # Errors
    /// `State` when one is started already.
    pub fn start(&self, width: u16, height: u16) -> Done {
        let mut state = self.0.lock();
        if state.screen.is_some() {
            return Err(Fault::State);
        }
        let pixels = vec![0; usize::from(width) * usize::from(height)];
        state.screen = Some(Screen { width, height, pixels });
        (state.lit, state.brightness) = (true, BRIGHTEST);
        Ok(())
    }

    /// Does something to a screen that is started.
    fn started<R>(&self, what: impl FnOnce(&mut State, &mut Screen) -> Result<R, Fault>) -> Result<R, Fault> {
        let mut state = self.0.lock();
        let Some(mut screen) = state.screen.take() else { return Err(Fault::State) };
        let result = what(&mut state, &mut screen);
        state.screen = Some(screen);
        result
    }

    /// Paints all in one colour.
    ///
    /// # Errors
    /// `State`.
    pub fn clear(&self, colour: u16) -> Done {
        self.started(|_, screen| {
            screen.pixels.fill(colour);
            Ok(())
        })
    }

    /// Draws pixels, least significant byte first, into the rectangle whose corners both belong to it; into the one
    /// without its last row and column when the bytes are exactly as many as that has.
    ///
    /// # Errors
    /// `Buffer` when it is empty, `Size` for a rectangle beyond the screen or more of it than there are pixels.
    pub fn draw(&self, bytes: &[u8], from: [i64; 2], to: [i64; 2]) -> Done {
        self.started(|_, screen| {
            if bytes.is_empty() {
                return Err(Fault::Buffer);
            }
            let on = |n: i64, size: u16| usize::try_from(n).ok().filter(|n| *n < usize::from(size)).ok_or(Fault::Size);
            let [x, y] = [on(from[0], screen.width)?, on(from[1], screen.height)?];
            // A corner may stand one beyond the edge when it does not belong to the rectangle.
            let [x1, y1] = [on(to[0].saturating_sub(1), screen.width), on(to[1].saturating_sub(1), screen.height)];
            let open = |a: usize, b: Result<usize, Fault>| b.ok().filter(|b| *b >= a).map(|b| b - a + 1);
            let (width, height) = match (open(x, x1), open(y, y1)) {
                (Some(w), Some(h)) if w * h * 2 == bytes.len() => (w, h),
                _ => {
                    let [x1, y1] = [on(to[0], screen.width)?, on(to[1], screen.height)?];
                    let size = |a: usize, b: usize| b.checked_sub(a).map(|n| n + 1).ok_or(Fault::Size);
                    (size(x, x1)?, size(y, y1)?)
                }
            };
            if width * height * 2 > bytes.len() {
                return Err(Fault::Size);
            }
            for (row, line) in bytes.chunks_exact(width * 2).take(height).enumerate() {
                let start = (y + row) * usize::from(screen.width) + x;
                for (pixel, two) in screen.pixels[start..start + width].iter_mut().zip(line.chunks_exact(2)) {
                    *pixel = u16::from_le_bytes([two[0], two[1]]);
                }
            }
            Ok(())
        })
    }

    /// Draws a file of Image2Lcd: with its head, or without and then of a size that is given.
    ///
    /// # Errors
    /// As [`Lcd::draw`].
    pub fn show(&self, file: &[u8], at: [i64; 2], size: Option<[i64; 2]>) -> Done {
        let (size, pixels) = match size {
            Some(size) => (size, file),
            None => head(file).ok_or(Fault::Size)?,
        };
        if size.iter().any(|n| !(1..=i64::from(u16::MAX)).contains(n)) {
            return Err(Fault::Size);
        }
        self.draw(pixels, at, [at[0].saturating_add(size[0] - 1), at[1].saturating_add(size[1] - 1)])
    }

    /// Switches the screen on or off.
    ///
    /// # Errors
    /// `State`.
    pub fn light(&self, on: bool) -> Done {
        self.started(|state, _| {
            state.lit = on;
            Ok(())
        })
    }

    /// Sets the backlight, 0 to [`BRIGHTEST`].
    ///
    /// # Errors
    /// `State`, `Size`.
    pub fn set_brightness(&self, level: i64) -> Done {
        self.started(|state, _| {
            let level = u8::try_from(level).ok().filter(|l| *l <= BRIGHTEST).ok_or(Fault::Size)?;
            state.brightness = level;
            Ok(())
        })
    }

    /// Notes something that went to the panel past the frame buffer.
    ///
    /// # Errors
    /// `State`.
    pub fn note(&self, line: String) -> Done {
        self.started(|state, _| {
            state.log.push(line);
            let surplus = state.log.len().saturating_sub(LOG);
            state.log.drain(..surplus);
            Ok(())
        })
    }

    /// Width and height; None while no screen is started.
    pub fn size(&self) -> Option<(u16, u16)> {
        self.0.lock().screen.as_ref().map(|s| (s.width, s.height))
    }

    /// One pixel, RGB565.
    pub fn pixel(&self, x: u16, y: u16) -> Option<u16> {
        let state = self.0.lock();
        let screen = state.screen.as_ref().filter(|s| x < s.width && y < s.height)?;
        screen.pixels.get(usize::from(y) * usize::from(screen.width) + usize::from(x)).copied()
    }

    /// All pixels, row by row.
    pub fn pixels(&self) -> Vec<u16> {
        self.0.lock().screen.as_ref().map(|s| s.pixels.clone()).unwrap_or_default()
    }

    /// Whether the screen is on, and its backlight.
    pub fn lit(&self) -> (bool, u8) {
        let state = self.0.lock();
        (state.lit, state.brightness)
    }

    /// What went to the panel past the frame buffer: the last 256 lines.
    pub fn log(&self) -> Vec<String> {
        self.0.lock().log.clone()
    }

    pub(super) fn reset(&self) {
        *self.0.lock() = State::default();
    }
}

/// Size and pixels of a file with Image2Lcd's head of 8 bytes (`HEADCOLOR`): scan, grey levels, width, height, two
/// flags. Bit 4 of scan: numbers have their most significant byte first.
fn head(file: &[u8]) -> Option<([i64; 2], &[u8])> {
    let (head, pixels) = file.split_at_checked(8)?;
    let number = |at: usize| {
        let two = [head[at], head[at + 1]];
        i64::from(if head[0] & 0x10 == 0 { u16::from_le_bytes(two) } else { u16::from_be_bytes(two) })
    };
    Some(([number(2), number(4)], pixels))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lcd() -> Lcd {
        let lcd = Lcd::default();
        lcd.start(4, 3).unwrap();
        lcd
    }

    #[test]
    fn nothing_works_before_the_start_and_there_is_one() {
        let lcd = Lcd::default();
        assert_eq!(lcd.clear(1), Err(Fault::State));
        assert_eq!(lcd.draw(b"xx", [0, 0], [0, 0]), Err(Fault::State));
        lcd.start(4, 3).unwrap();
        assert_eq!(lcd.start(4, 3), Err(Fault::State));
        assert_eq!((lcd.size(), lcd.lit()), (Some((4, 3)), (true, 5)));
    }

    #[test]
    fn both_ways_to_name_a_rectangle() {
        let lcd = lcd();
        lcd.clear(0xffff).unwrap();
        lcd.draw(&[1, 2, 3, 4], [1, 1], [2, 1]).unwrap();
        assert_eq!([lcd.pixel(0, 1), lcd.pixel(1, 1), lcd.pixel(2, 1)], [Some(0xffff), Some(0x0201), Some(0x0403)]);
        lcd.draw(&[5; 24], [0, 0], [4, 3]).unwrap();
        assert_eq!(lcd.pixels(), [0x0505; 12]);
        lcd.draw(&[6; 24], [0, 0], [3, 2]).unwrap();
        assert_eq!(lcd.pixels(), [0x0606; 12]);
    }

    #[test]
    fn what_does_not_fit_is_told() {
        let lcd = lcd();
        assert_eq!(lcd.draw(b"", [0, 0], [1, 1]), Err(Fault::Buffer));
        for (from, to) in [([0, 0], [4, 2]), ([-1, 0], [1, 1]), ([2, 0], [1, 1]), ([0, i64::MAX], [1, i64::MIN + 1])] {
            assert_eq!(lcd.draw(&[1; 24], from, to), Err(Fault::Size), "{from:?} {to:?}");
        }
        assert_eq!(lcd.draw(&[1; 6], [0, 0], [1, 1]), Err(Fault::Size), "too few pixels");
        assert_eq!((lcd.set_brightness(6), lcd.set_brightness(-1)), (Err(Fault::Size), Err(Fault::Size)));
    }

    #[test]
    fn files_with_and_without_a_head() {
        let lcd = lcd();
        let file = [0x10, 16, 0, 2, 0, 1, 1, 27, 0xaa, 0xbb, 0xcc, 0xdd];
        lcd.show(&file, [1, 0], None).unwrap();
        assert_eq!([lcd.pixel(1, 0), lcd.pixel(2, 0)], [Some(0xbbaa), Some(0xddcc)]);
        lcd.show(&file[8..], [0, 1], Some([1, 2])).unwrap();
        assert_eq!(lcd.pixel(0, 2), Some(0xddcc));
        assert_eq!(lcd.show(&file[..7], [0, 0], None), Err(Fault::Size));
        assert_eq!(lcd.show(&file, [0, 0], Some([i64::MAX, 1])), Err(Fault::Size));
    }
}
