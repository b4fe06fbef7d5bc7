//! What each value of a board file may be, and the comment that a written file has for it. One row a value.
//!
//! TS numbers are 3GPP's specifications. "The module" is its documentation (QuecPython's wiki) and its hardware manual.

/// What a value may be.
#[derive(Debug, Clone, Copy)]
pub enum Takes {
    /// A whole number of one of these ranges.
    Int(&'static [(i64, i64)]),
    /// A number from the first to the second.
    Real(f64, f64),
    Truth,
    /// Text of so many characters at most, none of them a control character.
    Text(usize),
    /// So many digits, from and to.
    Digits(usize, usize),
    /// Exactly so many hexadecimal digits: an ICCID may have letters.
    Hex(usize),
    /// A telephone number of so many digits at most, perhaps with + before them; or nothing.
    Phone(usize),
    /// `aa:bb:cc:dd:ee:ff`
    Mac,
    /// An address that one interface can have.
    V4,
    V6,
    /// As many addresses as stand here.
    V4s(usize),
    V6s(usize),
    /// As many whole numbers of a range as stand here.
    Ints(usize, i64, i64),
    /// Pairs of different GPIO numbers of a range.
    Wires(i64, i64),
}

/// A value of a board file.
#[derive(Debug)]
pub struct Field {
    /// Its table and name.
    pub path: &'static str,
    pub takes: Takes,
    /// What a written file says of it.
    pub comment: &'static str,
}

const fn field(path: &'static str, takes: Takes, comment: &'static str) -> Field {
    Field { path, takes, comment }
}

use Takes::{Digits, Hex, Int, Ints, Mac, Phone, Real, Text, Truth, V4, V4s, V6, V6s, Wires};

/// A day: a wait that is longer is a mistake.
const SECONDS: Takes = Real(0.0, 86_400.0);
/// Longest telephone number: ITU-T E.164 has 15 digits; a SIM card's entry holds 20 (TS 31.102, ADN).
const PHONE: Takes = Phone(20);
/// TS 36.413: the cell identity of LTE has 28 bits.
const CELL: Takes = Int(&[(0, (1 << 28) - 1)]);
/// TS 36.211, 6.11: 504 physical cells.
const PCI: Takes = Int(&[(0, 503)]);
/// TS 24.301, 9.9.3.32: two octets.
const AREA: Takes = Int(&[(0, 0xffff)]);
/// TS 36.101, 5.7.3 as extended by 18 bits of TS 36.331.
const EARFCN: Takes = Int(&[(0, (1 << 18) - 1)]);
/// No receiver hears less; nothing that is received is stronger.
const RSSI: Takes = Int(&[(-140, 0), (99, 99)]);
/// TS 36.133, 9.1.7 with its extended range.
const RSRQ: Takes = Int(&[(-34, 3), (255, 255)]);
/// The module's supply pins bear 6.0 V at most (its hardware manual, absolute maximum ratings).
const MILLIVOLTS: i64 = 6000;

/// All values, in the order in which a file is written.
pub const FIELDS: &[Field] = &[
    field("identity.model", Text(64), "modem.getDevModel()"),
    field("identity.board", Text(64), "sysname of uos.uname()"),
    field("identity.platform", Text(64), "usys.platform"),
    field("identity.firmware", Text(64), "modem.getDevFwVersion()"),
    field("identity.product", Text(64), "modem.getDevProductId()"),
    field("identity.imei", Digits(15, 15), "15 digits"),
    field("identity.serial", Text(64), "modem.getDevSN()"),
    field("identity.mac", Mac, "Wi-Fi modules only; without it modem has no getDevMAC()"),
    field("sim.inserted", Truth, "whether there is a card"),
    field("sim.iccid", Hex(20), "20 digits"),
    field("sim.imsi", Digits(15, 15), "15 digits"),
    field("sim.phone", PHONE, "telephone number; may be empty"),
    // TS 31.101, 9.5: four to eight digits, and eight.
    field("sim.pin", Digits(4, 8), "4 to 8 digits"),
    field("sim.puk", Digits(8, 8), "8 digits"),
    field("sim.pin_enabled", Truth, "whether the card asks for its PIN"),
    // The module's sim.writePhonebook: index 1 to 500, a name of 30, a number of 20.
    field("sim.contact.index", Int(&[(1, 500)]), "1 to 500"),
    field("sim.contact.name", Text(30), "30 characters at most"),
    field("sim.contact.number", PHONE, "20 digits at most"),
    field("network.operator", Text(64), "the operator's long name"),
    field("network.short_name", Text(64), "its short name"),
    // TS 23.003, 2.2.
    field("network.mcc", Digits(3, 3), "country: 3 digits"),
    field("network.mnc", Digits(2, 3), "network: 2 or 3 digits"),
    // TS 27.007, 7.2 (+CREG), and the module's net.getState, which has 11.
    field(
        "network.state",
        Int(&[(0, 11)]),
        "registration that is reached: 1 home, 5 roaming, 2 searching for ever, 3 denied",
    ),
    field("network.seconds_to_register", SECONDS, "from power-on, or from leaving flight mode"),
    field("network.lac", AREA, "location or tracking area: 0 to 65535"),
    field("network.cell", CELL, "cell identity: 0 to 268435455"),
    field("network.pci", PCI, "physical cell: 0 to 503"),
    field("network.earfcn", EARFCN, "channel: 0 to 262143"),
    // TS 27.007, 7.3 (+COPS).
    field("network.act", Int(&[(0, 9)]), "access technology: 0 GSM, 2 UMTS, 7 LTE, 9 NB-IoT (numbers of AT+COPS)"),
    // TS 27.007, 8.5 (+CSQ).
    field("signal.csq", Int(&[(0, 31), (99, 99)]), "0 to 31; 99 unknown"),
    field("signal.rssi", RSSI, "dBm, -140 to 0; 99 unknown"),
    // TS 36.133, 9.1.4 with its extended range.
    field("signal.rsrp", Int(&[(-156, -31), (99, 99)]), "dBm, -156 to -31; 99 unknown"),
    field("signal.rsrq", RSRQ, "dB, -34 to 3; 255 unknown"),
    // TS 36.133, 9.1.17 (RS-SINR).
    field("signal.sinr", Int(&[(-23, 40), (255, 255)]), "dB, -23 to 40; 255 unknown"),
    // TS 36.213, 7.2.3.
    field("signal.cqi", Int(&[(0, 15), (255, 255)]), "channel quality, 0 to 15; 255 unknown"),
    // TS 23.003, 9.1: 100 octets with a length before each label.
    field("data_call.apn", Text(99), "what the network gives to a context that names none"),
    field("data_call.dial_at_boot", Truth, "whether profile 1 is dialled at power-on"),
    field("data_call.seconds_to_dial", SECONDS, "how long a dial takes"),
    field("data_call.address", V4, "of the first context; further ones count up from it"),
    field("data_call.address_v6", V6, "if the network has IPv6"),
    field("data_call.dns", V4s(2), "two servers"),
    field("data_call.dns_v6", V6s(2), "two servers"),
    // The module's misc.Power.powerOnReason and powerDownReason.
    field(
        "power.on_reason",
        Int(&[(0, 9)]),
        "1 power key, 2 reset, 3 supply, 4 alarm, 5 watchdog, 6 USB, 7 charger, 8 sleep, 9 dump, 0 unknown",
    ),
    field(
        "power.down_reason",
        Int(&[(0, 6)]),
        "1 normal, 2 voltage too high, 3 too low, 4 too hot, 5 watchdog, 6 clock's battery, 0 unknown",
    ),
    field("power.millivolts", Int(&[(0, MILLIVOLTS)]), "supply: 0 to 6000"),
    // Upstream the range in which a module works, -40 to 85, it still measures.
    field("power.temperature", Int(&[(-55, 125)]), "degrees Celsius: -55 to 125"),
    field("power.adc_millivolts", Ints(4, 0, MILLIVOLTS), "the ADC's four channels: 0 to 6000"),
    field("power.usb", Truth, "whether USB is plugged in"),
    // The largest of all firmwares (firmware/machine.rs).
    field("pins.wires", Wires(0, 47), "pairs of GPIO numbers that a wire connects, as [[1, 2]]"),
    field("position.longitude", Real(-180.0, 180.0), "degrees, -180 to 180"),
    field("position.latitude", Real(-90.0, 90.0), "degrees, -90 to 90"),
    field("position.accuracy", Int(&[(0, 100_000)]), "metres, of positioning by cells and Wi-Fi"),
    field("position.altitude", Real(-1000.0, 50_000.0), "metres above the sea"),
    // Receivers end at 515 m/s (COCOM).
    field("position.speed", Real(0.0, 1854.0), "kilometres an hour"),
    field("position.course", Real(0.0, 360.0), "degrees from north"),
    // NMEA 0183, GGA: two digits.
    field("position.satellites", Int(&[(0, 99)]), "0 to 99"),
    field("position.fix", Truth, "whether the satellites tell a position"),
    field("sms.center", PHONE, "the service centre's number"),
    field("voice.answers", Truth, "whether a called party answers"),
    field("voice.seconds_to_answer", SECONDS, "how long that takes"),
    field("access_point.mac", Mac, "six pairs of hexadecimal digits"),
    field("access_point.rssi", RSSI, "dBm"),
    field("neighbour_cell.cell", CELL, "cell identity: 0 to 268435455"),
    field("neighbour_cell.pci", PCI, "physical cell: 0 to 503"),
    field("neighbour_cell.lac", AREA, "tracking area: 0 to 65535"),
    field("neighbour_cell.earfcn", EARFCN, "channel: 0 to 262143"),
    field("neighbour_cell.rssi", RSSI, "dBm"),
    field("neighbour_cell.rsrq", RSRQ, "dB"),
];

pub fn named(path: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.path == path)
}
