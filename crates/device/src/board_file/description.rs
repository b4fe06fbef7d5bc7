//! What a board is: the board file (TOML), and the default that needs none. What a value may be is in [`fields`], how a
//! file is read and checked in `check.rs`, how one is written in `write.rs`.
//!
//! Default values are those of an EC600N in a Chinese network as the module's documentation shows them; numbers of a
//! person or device (IMEI, ICCID, IMSI, telephone) are made up.

use serde::{Deserialize, Serialize};
use std::net::{Ipv4Addr, Ipv6Addr};

/// A whole board file. Every part may be left out.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Description {
    /// Who the module is.
    pub identity: Identity,
    /// The SIM card.
    pub sim: SimCard,
    /// The network around it.
    pub network: Network,
    /// The signal's levels.
    pub signal: Signal,
    /// PDP contexts and addresses.
    pub data_call: DataCall,
    /// Power, voltages, temperature.
    pub power: Power,
    /// Wires between pins.
    pub pins: Pins,
    /// Where the module is.
    pub position: Position,
    /// Short messages.
    pub sms: Sms,
    /// Telephone calls.
    pub voice: Voice,
    /// Wi-Fi access points that a scan finds.
    #[serde(skip_serializing_if = "AccessPoints::is_empty")]
    pub access_point: AccessPoints,
    /// Cells beside the serving one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub neighbour_cell: Vec<Cell>,
}

/// Who the module says it is.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Identity {
    /// `modem.getDevModel()`, and `nodename` of `uos.uname()`.
    pub model: String,
    /// `sysname` of `uos.uname()`.
    pub board: String,
    /// `usys.platform`
    pub platform: String,
    /// `modem.getDevFwVersion()`
    pub firmware: String,
    /// `modem.getDevProductId()`
    pub product: String,
    /// 15 digits.
    pub imei: String,
    /// The serial number, `modem.getDevSN()`.
    pub serial: String,
    /// Wi-Fi modules only, `aa:bb:cc:dd:ee:ff`; without, `modem` has no `getDevMAC`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mac: Option<String>,
}

impl Default for Identity {
    fn default() -> Self {
        Self {
            model: "EC600N".into(),
            board: "EC600N-CNLC".into(),
            platform: "EC600NCN_LC".into(),
            firmware: "EC600NCNLCR03A03M16_OCPU_QPY".into(),
            product: "QUECTEL".into(),
            imei: "866327040830317".into(),
            serial: "D1Q20GM050038341P".into(),
            mac: None,
        }
    }
}

/// The SIM card.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SimCard {
    /// Whether there is a card.
    pub inserted: bool,
    /// 20 characters.
    pub iccid: String,
    /// 15 digits.
    pub imsi: String,
    /// Telephone number; may be empty.
    pub phone: String,
    /// 4 to 8 digits.
    pub pin: String,
    /// 8 digits.
    pub puk: String,
    /// Whether the card asks for its PIN.
    pub pin_enabled: bool,
    /// Entries of the phone book.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contact: Vec<Contact>,
}

impl Default for SimCard {
    fn default() -> Self {
        Self {
            inserted: true,
            iccid: "89860117838009934120".into(),
            imsi: "460013226608461".into(),
            phone: "+8613000000000".into(),
            pin: "1234".into(),
            puk: "12345678".into(),
            pin_enabled: false,
            contact: Vec::new(),
        }
    }
}

/// One entry of the SIM card's phone book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// 1 to 500
    pub index: u16,
    /// At most 30 characters.
    pub name: String,
    /// At most 20 digits.
    pub number: String,
}

/// The cellular network.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Network {
    /// The operator's long name.
    pub operator: String,
    /// The operator's short name.
    pub short_name: String,
    /// Three digits.
    pub mcc: String,
    /// Two or three digits.
    pub mnc: String,
    /// State of registration that is reached: 1 home, 5 roaming, 2 searching for ever, 3 denied.
    pub state: u8,
    /// Seconds from power-on, or from leaving flight mode, to registration.
    pub seconds_to_register: f64,
    /// Location area, or tracking area of LTE.
    pub lac: u32,
    /// The cell's identity, 28 bits.
    pub cell: u64,
    /// Physical cell.
    pub pci: u16,
    /// The channel's number (EARFCN).
    pub earfcn: u32,
    /// Access technology: 7 is LTE.
    pub act: u8,
}

impl Default for Network {
    fn default() -> Self {
        Self {
            operator: "CHN-UNICOM".into(),
            short_name: "UNICOM".into(),
            mcc: "460".into(),
            mnc: "01".into(),
            state: 1,
            seconds_to_register: 0.0,
            lac: 26909,
            cell: 232_301_323,
            pci: 466,
            earfcn: 1650,
            act: 7,
        }
    }
}

/// Signal strength.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Signal {
    /// 0 to 31, 99 unknown.
    pub csq: u8,
    /// dBm
    pub rssi: i32,
    /// dBm
    pub rsrp: i32,
    /// dB
    pub rsrq: i32,
    /// dB
    pub sinr: i32,
    /// Channel quality, 255 unknown.
    pub cqi: u8,
}

impl Default for Signal {
    fn default() -> Self {
        Self { csq: 31, rssi: -51, rsrp: -76, rsrq: -5, sinr: 18, cqi: 255 }
    }
}

/// A cell that a scan finds.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// The cell's identity, 28 bits.
    pub cell: u64,
    /// The physical cell's identity, 0 to 503.
    pub pci: u16,
    /// The tracking area's code.
    pub lac: u32,
    /// The channel's number (EARFCN).
    pub earfcn: u32,
    /// dBm
    pub rssi: i32,
    /// dB
    pub rsrq: i32,
}

/// Data calls.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DataCall {
    /// The APN that the network gives to a context that names none.
    pub apn: String,
    /// Whether profile 1 is dialled at power-on.
    pub dial_at_boot: bool,
    /// Seconds that a dial takes.
    pub seconds_to_dial: f64,
    /// Address of the first context; further contexts count up from it.
    pub address: Ipv4Addr,
    /// The network's IPv6 address for the module, if the network has IPv6.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_v6: Option<Ipv6Addr>,
    /// Two name servers.
    pub dns: [Ipv4Addr; 2],
    /// Two name servers with IPv6 addresses.
    pub dns_v6: [Ipv6Addr; 2],
}

/// A private address as carriers hand them out.
pub const DEFAULT_ADDRESS: Ipv4Addr = Ipv4Addr::new(10, 73, 21, 6);

impl Default for DataCall {
    fn default() -> Self {
        Self {
            apn: "3gnet".into(),
            dial_at_boot: true,
            seconds_to_dial: 0.0,
            address: DEFAULT_ADDRESS,
            address_v6: None,
            dns: [Ipv4Addr::new(58, 242, 2, 2), Ipv4Addr::new(218, 104, 78, 2)],
            dns_v6: [
                Ipv6Addr::new(0x2408, 0x8000, 0x1010, 1, 0, 0, 0, 8),
                Ipv6Addr::new(0x2408, 0x8000, 0x1010, 2, 0, 0, 0, 8),
            ],
        }
    }
}

/// Power supply and its history.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Power {
    /// Why it was switched on: 1 is the power key (`misc.Power.powerOnReason()`).
    pub on_reason: u8,
    /// Why it was switched off before: 1 is normal.
    pub down_reason: u8,
    /// Supply, in millivolts.
    pub millivolts: u16,
    /// Degrees Celsius.
    pub temperature: i32,
    /// What the ADC's channels measure, in millivolts.
    pub adc_millivolts: [u16; 4],
    /// Whether USB is plugged in.
    pub usb: bool,
}

impl Default for Power {
    fn default() -> Self {
        Self {
            on_reason: 1,
            down_reason: 1,
            millivolts: 3590,
            temperature: 26,
            adc_millivolts: [613, 1024, 0, 0],
            usb: true,
        }
    }
}

/// What is soldered to the GPIO lines.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Pins {
    /// Pairs of GPIO numbers that a wire connects.
    pub wires: Vec<[u8; 2]>,
}

/// Where the module is, for positioning by cells, Wi-Fi and satellites.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Position {
    /// Degrees.
    pub longitude: f64,
    /// Degrees.
    pub latitude: f64,
    /// Metres, of positioning by cells and Wi-Fi.
    pub accuracy: u32,
    /// Metres above the sea.
    pub altitude: f64,
    /// Kilometres an hour.
    pub speed: f64,
    /// Degrees from north.
    pub course: f64,
    /// How many are in view, 0 to 99.
    pub satellites: u8,
    /// Whether the satellites tell a position.
    pub fix: bool,
}

impl Default for Position {
    fn default() -> Self {
        Self {
            longitude: 117.1138,
            latitude: 31.82279,
            accuracy: 550,
            altitude: 166.5,
            speed: 0.0,
            course: 0.0,
            satellites: 12,
            fix: true,
        }
    }
}

/// Short messages.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Sms {
    /// The service centre's number.
    pub center: String,
}

impl Default for Sms {
    fn default() -> Self {
        Self { center: "+8613010331500".into() }
    }
}

/// Voice calls: what the called party does.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Voice {
    /// Whether a called party answers.
    pub answers: bool,
    /// How long that takes.
    pub seconds_to_answer: f64,
}

impl Default for Voice {
    fn default() -> Self {
        Self { answers: true, seconds_to_answer: 0.0 }
    }
}

/// A Wi-Fi access point.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessPoint {
    /// Six pairs of hexadecimal digits.
    pub mac: String,
    /// dBm
    pub rssi: i32,
}

/// What a Wi-Fi scan finds.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccessPoints(pub Vec<AccessPoint>);

impl AccessPoints {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Default for AccessPoints {
    fn default() -> Self {
        let point = |mac: &str, rssi| AccessPoint { mac: mac.into(), rssi };
        Self(vec![point("34:CE:00:09:E5:A8", -38), point("F0:92:B4:5A:10:32", -61)])
    }
}
