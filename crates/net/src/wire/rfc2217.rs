//! What a client of a serial port says that speaks RFC 2217 (telnet's COM port option): pyserial's `rfc2217://` URLs, and with
//! them mpremote and qpyt. There is no line whose speed could be set, so every setting is agreed to.

/// Begins what is not data; two of them are one byte of data.
pub const IAC: u8 = 255;
const SUB_END: u8 = 240;
const SUB_BEGIN: u8 = 250;
const WILL: u8 = 251;
const WONT: u8 = 252;
const DO: u8 = 253;
const DONT: u8 = 254;

const BINARY: u8 = 0;
const ECHO: u8 = 1;
const SUPPRESS_GO_AHEAD: u8 = 3;
const COM_PORT: u8 = 44;

/// The server's answer to a COM port command has its number and this.
const ANSWER: u8 = 100;
/// DSR, CTS and carrier: somebody is there.
const MODEM_STATE: u8 = 0xb0;
/// Longer than any command.
const LONGEST: usize = 64;

#[derive(Debug, Default, Clone, Copy)]
enum State {
    #[default]
    Data,
    Command,
    /// WILL, WONT, DO or DONT: the option follows.
    Option(u8),
    Sub,
    SubCommand,
}

/// One client's connection.
#[derive(Debug, Default)]
pub struct Telnet {
    state: State,
    sub: Vec<u8>,
    /// What was agreed, so that it is answered once.
    agreed: Vec<(u8, u8)>,
}

impl Telnet {
    /// Bytes came: the data among them, and what to answer.
    pub fn receive(&mut self, bytes: &[u8]) -> (Vec<u8>, Vec<u8>) {
        let (mut data, mut answer) = (Vec::with_capacity(bytes.len()), Vec::new());
        for &byte in bytes {
            self.state = match (self.state, byte) {
                (State::Data, IAC) => State::Command,
                (State::Data, _) => {
                    data.push(byte);
                    State::Data
                }
                (State::Command, IAC) => {
                    data.push(IAC);
                    State::Data
                }
                (State::Command, WILL | WONT | DO | DONT) => State::Option(byte),
                (State::Command, SUB_BEGIN) => {
                    self.sub.clear();
                    State::Sub
                }
                (State::Command, _) => State::Data,
                (State::Option(command), option) => {
                    self.negotiate(command, option, &mut answer);
                    State::Data
                }
                (State::Sub, IAC) => State::SubCommand,
                (State::SubCommand, SUB_END) => {
                    self.configure(&mut answer);
                    State::Data
                }
                (State::Sub | State::SubCommand, _) => {
                    if self.sub.len() < LONGEST {
                        self.sub.push(byte);
                    }
                    State::Sub
                }
            };
        }
        (data, answer)
    }

    fn negotiate(&mut self, command: u8, option: u8, answer: &mut Vec<u8>) {
        let (yes, no, known) = match command {
            WILL | WONT => (DO, DONT, matches!(option, BINARY | SUPPRESS_GO_AHEAD | COM_PORT)),
            _ => (WILL, WONT, matches!(option, BINARY | ECHO | SUPPRESS_GO_AHEAD | COM_PORT)),
        };
        let agreed = self.agreed.iter().position(|a| *a == (yes, option));
        match (matches!(command, WILL | DO), agreed) {
            (true, Some(_)) | (false, None) => {}
            (true, None) if known => {
                self.agreed.push((yes, option));
                answer.extend([IAC, yes, option]);
            }
            (true, None) => answer.extend([IAC, no, option]),
            (false, Some(at)) => {
                self.agreed.remove(at);
                answer.extend([IAC, no, option]);
            }
        }
    }

    fn configure(&self, answer: &mut Vec<u8>) {
        let [COM_PORT, command, value @ ..] = &self.sub[..] else { return };
        // A question has a value of its own, mostly zero; anything else is what shall be.
        let value = match (*command, value) {
            (1, [0, 0, 0, 0]) => &115_200u32.to_be_bytes()[..],
            (2, [0]) => &[8],
            (3 | 4, [0]) | (5, [0]) => &[1],
            (5, [4]) => &[6],
            (5, [7]) => &[8],
            (5, [10]) => &[11],
            (5, [13]) => &[14],
            (7, _) => &[MODEM_STATE],
            (6, _) => &[0],
            (1..=5 | 10..=12, value) => value,
            _ => return,
        };
        answer.extend([IAC, SUB_BEGIN, COM_PORT, command + ANSWER]);
        answer.extend(escaped(value));
        answer.extend([IAC, SUB_END]);
    }
}

/// Data as it goes to such a client.
pub fn escaped(data: &[u8]) -> Vec<u8> {
    let mut wire = Vec::with_capacity(data.len());
    for &byte in data {
        wire.push(byte);
        if byte == IAC {
            wire.push(IAC);
        }
    }
    wire
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_passes_and_two_marks_are_one_byte() {
        let mut telnet = Telnet::default();
        let all: Vec<u8> = (0..=255).collect();
        let wire = escaped(&all);
        let mut data = Vec::new();
        for byte in wire {
            data.extend(telnet.receive(&[byte]).0);
        }
        assert_eq!(data, all);
    }

    #[test]
    fn options_are_answered_once() {
        let mut telnet = Telnet::default();
        let (data, answer) = telnet.receive(b"\xff\xfb\x2ca\xff\xfd\x01\xff\xfd\x63");
        assert_eq!((data, answer), (b"a".to_vec(), b"\xff\xfd\x2c\xff\xfb\x01\xff\xfc\x63".to_vec()));
        assert_eq!(telnet.receive(b"\xff\xfb\x2c").1, b"");
        assert_eq!(telnet.receive(b"\xff\xfc\x2c").1, b"\xff\xfe\x2c");
    }

    #[test]
    fn settings_are_agreed_to_and_told() {
        let mut telnet = Telnet::default();
        let mut ask = |request: &[u8]| telnet.receive(&[b"\xff\xfa\x2c", request, b"\xff\xf0"].concat()).1;
        assert_eq!(ask(b"\x01\0\x01\xc2\0"), b"\xff\xfa\x2c\x65\0\x01\xc2\0\xff\xf0");
        assert_eq!(ask(b"\x01\0\0\0\0"), b"\xff\xfa\x2c\x65\0\x01\xc2\0\xff\xf0");
        assert_eq!(ask(b"\x05\x08"), b"\xff\xfa\x2c\x69\x08\xff\xf0");
        assert_eq!(ask(b"\x0b\xff\xff"), b"\xff\xfa\x2c\x6f\xff\xff\xff\xf0", "a mask of ones");
        assert_eq!(ask(b"\x07"), b"\xff\xfa\x2c\x6b\xb0\xff\xf0");
        for nonsense in [&b""[..], b"\x99", &[7; 300]] {
            ask(nonsense);
        }
    }
}
