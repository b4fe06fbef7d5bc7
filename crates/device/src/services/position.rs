//! Where the module is: for positioning by cells and Wi-Fi, and as sentences of a satellite receiver (NMEA 0183).

use crate::board_file::Position;
use crate::services::messages::date;
use std::fmt::Write;

/// Kinds of sentences, as bits of `quecgnss.configSet(1, bits)`.
pub const GGA: u8 = 1;
/// NMEA sentences RMC.
pub const RMC: u8 = 2;
/// NMEA sentences GSV.
pub const GSV: u8 = 4;
/// NMEA sentences GSA.
pub const GSA: u8 = 8;
/// NMEA sentences VTG.
pub const VTG: u8 = 16;
/// NMEA sentences GLL.
pub const GLL: u8 = 32;
/// All of them.
pub const ALL: u8 = 63;

/// Knots of a kilometre an hour.
const KNOTS: f64 = 1.0 / 1.852;
/// Satellites of one sentence of GSV.
const PER_SENTENCE: u8 = 4;
/// Satellites that a sentence of GSA has room for.
const IN_GSA: u8 = 12;

/// The built-in receiver.
#[derive(Debug)]
pub struct Receiver {
    /// Whether it is on.
    pub on: bool,
    /// Satellite systems, sentences, AGPS, APFLASH, backup power (`quecgnss.configSet`).
    pub settings: [u8; 5],
    /// Whether LTE goes before the receiver.
    pub priority: u8,
}

impl Default for Receiver {
    fn default() -> Self {
        Self { on: false, settings: [0, ALL, 0, 0, 0], priority: 0 }
    }
}

/// Degrees as `ddmm.mmmm` with `width` digits of degrees, and whether they are negative.
fn angle(degrees: f64, width: usize) -> (String, bool) {
    // In units of the last digit, so that 59.9999 minutes never become 60.
    let units = (degrees.abs() * 600_000.0).round();
    let (whole, rest) = ((units / 600_000.0).floor(), units % 600_000.0);
    (format!("{whole:0width$.0}{:07.4}", rest / 10_000.0), degrees < 0.0)
}

/// A sentence with its checksum and line end.
fn sentence(content: &str) -> String {
    let sum = content.bytes().fold(0, |sum, b| sum ^ b);
    format!("${content}*{sum:02X}\r\n")
}

/// The sentences of one second.
#[must_use]
pub fn sentences(position: &Position, utc: i64, kinds: u8) -> String {
    let fix = position.fix;
    let seconds = utc.rem_euclid(86_400);
    let time = format!("{:02}{:02}{:02}.000", seconds / 3600, seconds / 60 % 60, seconds % 60);
    let (year, month, day) = date(utc.div_euclid(86_400));
    let day = format!("{day:02}{month:02}{:02}", year.rem_euclid(100));
    let (latitude, south) = angle(position.latitude, 2);
    let (longitude, west) = angle(position.longitude, 3);
    let (ns, ew) = (if south { 'S' } else { 'N' }, if west { 'W' } else { 'E' });
    let place = if fix { format!("{latitude},{ns},{longitude},{ew}") } else { ",,,".to_owned() };
    let status = if fix { 'A' } else { 'V' };
    let mode = if fix { 'A' } else { 'N' };
    let used = if fix { position.satellites } else { 0 };
    let (speed, course) = (position.speed, position.course);
    let knots = speed * KNOTS;
    let moves = if fix { format!("{knots:.3},{course:.2}") } else { ",".to_owned() };
    let mut out = String::new();
    let mut add = |kind: u8, content: String| {
        if kinds & kind != 0 {
            out.push_str(&sentence(&content));
        }
    };
    add(RMC, format!("GNRMC,{time},{status},{place},{moves},{day},,,{mode}"));
    let height = if fix { format!("{:.1}", position.altitude) } else { String::new() };
    add(GGA, format!("GNGGA,{time},{place},{},{used},0.9,{height},M,0.0,M,,", u8::from(fix)));
    add(GLL, format!("GNGLL,{place},{time},{status},{mode}"));
    add(GSA, gsa(used));
    for part in gsv(position.satellites) {
        add(GSV, part);
    }
    let over_ground = format!("GNVTG,{course:.2},T,,M,{knots:.3},N,{speed:.3},K,{mode}");
    add(VTG, if fix { over_ground } else { format!("GNVTG,,T,,M,,N,,K,{mode}") });
    out
}

fn gsa(used: u8) -> String {
    let mut text = format!("GNGSA,A,{},", if used > 0 { 3 } else { 1 });
    for number in 1..=IN_GSA {
        let shown = if number <= used { number.to_string() } else { String::new() };
        // Writing to a String cannot fail.
        let _ = write!(text, "{shown},");
    }
    text + "1.5,0.9,1.2"
}

/// Satellites of made-up places in the sky.
fn gsv(seen: u8) -> Vec<String> {
    let total = seen.div_ceil(PER_SENTENCE).max(1);
    let part = |index: u8| {
        let mut text = format!("GPGSV,{total},{},{seen:02}", index + 1);
        let last = seen.min((index + 1).saturating_mul(PER_SENTENCE));
        for number in index * PER_SENTENCE + 1..=last {
            let n = u16::from(number);
            let _ = write!(text, ",{n:02},{:02},{:03},{:02}", 20 + n * 7 % 60, n * 37 % 360, 25 + n % 20);
        }
        text
    };
    (0..total).map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_have_the_documented_form_and_right_checksums() {
        assert_eq!(angle(31.821_347, 2), ("3149.2808".into(), false));
        assert_eq!(angle(-0.999_999_99, 3), ("00100.0000".into(), true));
        let text = sentences(&Position::default(), 1_645_150_028, ALL);
        assert!(text.starts_with("$GNRMC,020708.000,A,3149.3674,N,11706.8280,E,0.000,0.00,180222,,,A*"), "{text}");
        for line in text.lines() {
            let (content, sum) = line[1..].split_once('*').unwrap();
            assert_eq!(format!("{:02X}", content.bytes().fold(0, |a, b| a ^ b)), sum, "{line}");
        }
        assert_eq!(text.lines().count(), 8);
        assert_eq!(sentence("GNGLL,3149.28094,N,11706.93869,E,021555.000,A,A").trim_end().len(), 51);
    }

    #[test]
    fn without_a_fix_there_is_no_place() {
        let lost = Position { fix: false, ..Position::default() };
        let text = sentences(&lost, 0, RMC | GGA);
        assert!(text.contains("GNRMC,000000.000,V,,,,,,,010170,,,N*"), "{text}");
        assert!(text.contains("GNGGA,000000.000,,,,,0,0,"), "{text}");
    }

    #[test]
    fn odd_positions_are_survived() {
        for n in [f64::NAN, f64::INFINITY, -1e300, 0.0] {
            let odd =
                Position { latitude: n, longitude: n, speed: n, altitude: n, satellites: 255, ..Position::default() };
            assert!(sentences(&odd, i64::from(i32::MIN), ALL).ends_with("\r\n"));
        }
    }
}
