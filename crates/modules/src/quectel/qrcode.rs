//! `qrcode`: QR codes on the screen.

pub(crate) use qr_code::module_def as definition;

#[rustpython_vm::pymodule(name = "qrcode")]
mod qr_code {
    use crate::bridge::session;
    use crate::bridge::values::DONE;
    use ::qrcode::{Color, QrCode};
    use quecpy_usocket::text::TextOrBytes;
    use rustpython_vm::function::OptionalArg;
    use rustpython_vm::{PyResult, VirtualMachine};

    const CANNOT_ENCODE: i64 = -1;
    const BAD_MAGNIFICATION: i64 = -2;
    const CANNOT_DRAW: i64 = -3;
    const WHITE: u16 = 0xffff;
    const BLACK: u16 = 0;

    /// Draws a text's code with its upper left corner at (x, y), `magnification` (1 to 6) pixels for each of its
    /// points, without a margin.
    #[pyfunction]
    fn show(
        text: TextOrBytes,
        magnification: i64,
        x: i64,
        y: i64,
        background: OptionalArg<u16>,
        foreground: OptionalArg<u16>,
        vm: &VirtualMachine,
    ) -> PyResult<i64> {
        let Some(size) = usize::try_from(magnification).ok().filter(|n| (1..=6).contains(n)) else {
            return Ok(BAD_MAGNIFICATION);
        };
        let Ok(code) = QrCode::new(&*text.borrow_bytes()) else { return Ok(CANNOT_ENCODE) };
        let (paper, ink) = (background.unwrap_or(WHITE), foreground.unwrap_or(BLACK));
        let width = code.width() * size;
        let pixel = |at: usize| match code[(at % width / size, at / width / size)] {
            Color::Light => paper,
            Color::Dark => ink,
        };
        let bytes: Vec<u8> = (0..width * width).flat_map(|at| pixel(at).to_le_bytes()).collect();
        let last = |from: i64| from.saturating_add(i64::try_from(width).unwrap_or(i64::MAX) - 1);
        let drawn = session::of(vm)?.peripherals.lcd.draw(&bytes, [x, y], [last(x), last(y)]);
        Ok(if drawn.is_ok() { DONE } else { CANNOT_DRAW })
    }
}
