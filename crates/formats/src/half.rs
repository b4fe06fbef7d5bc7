//! Floats of two bytes (IEEE 754, binary16), rounded as MicroPython's `py/binary.c` rounds them: the half way goes up.

/// The two bytes of a number, as one.
#[must_use]
pub fn half_of(value: f64) -> u16 {
    #[expect(clippy::cast_possible_truncation, reason = "the firmware goes by way of a float of four bytes")]
    let bits = (value as f32).to_bits();
    let sign = (bits >> 16 & 0x8000) as u16;
    let exponent = (bits >> 23 & 0xff) as i32 - 127;
    let mantissa = bits & 0x7f_ffff;
    sign | magnitude(exponent, mantissa)
}

fn magnitude(exponent: i32, mantissa: u32) -> u16 {
    const INFINITE: u16 = 0x7c00;
    match exponent {
        128 => INFINITE | u16::try_from(mantissa >> 13).unwrap_or(0),
        16.. => INFINITE,
        -14..16 => {
            let rounded = (mantissa + 0x1000) >> 13;
            // Rounding may carry into the exponent.
            u16::try_from((exponent + 15) as u32 * 0x400 + rounded).unwrap_or(INFINITE)
        }
        -25..-14 => {
            let whole = mantissa | 0x80_0000;
            let shift = (-1 - exponent) as u32;
            u16::try_from((whole + (1 << (shift - 1))) >> shift).unwrap_or(0)
        }
        _ => 0,
    }
}

/// The number of two bytes.
#[must_use]
pub fn float_of_half(half: u16) -> f64 {
    let sign = if half & 0x8000 == 0 { 1.0 } else { -1.0 };
    let mantissa = f64::from(half & 0x3ff) / 1024.0;
    let exponent = i32::from(half >> 10 & 0x1f);
    sign * match exponent {
        0 => mantissa * 2f64.powi(-14),
        31 if mantissa == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (1.0 + mantissa) * 2f64.powi(exponent - 15),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_half_comes_back() {
        for half in 0..=u16::MAX {
            let float = float_of_half(half);
            if !float.is_nan() {
                assert_eq!(half_of(float), half, "{float}");
            }
        }
        assert!(float_of_half(half_of(f64::NAN)).is_nan());
    }

    #[test]
    fn numbers_are_rounded() {
        // MicroPython 1.29: ustruct.pack('e', n).
        for (number, half) in
            [(1e-7, 2), (2e-7, 3), (1e-6, 0x11), (0.001, 0x1419), (65519.0, 0x7bff), (65520.0, 0x7c00)]
        {
            assert_eq!(half_of(number), half, "{number}");
        }
    }
}
