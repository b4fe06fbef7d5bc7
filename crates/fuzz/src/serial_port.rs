//! The main serial port's protocol: no panic, bounded memory and answers, and every session gets back to a prompt.

use crate::target::Target;
use quecpy_serial::{Action, Completion, INPUT_LIMIT, LINE_LIMIT, OUTPUT_LIMIT, Outcome, Port, SOURCE_LIMIT, Settings};

pub const TARGET: Target = Target { name: "serial_port", run, seeds, words: WORDS, inputs: 3000 };

/// What terminals and clients send.
const WORDS: &[&[u8]] = &[
    b"\r",
    b"\n",
    b"\x01",
    b"\x02",
    b"\x03",
    b"\x04",
    b"\x05",
    b"\x05A\x01",
    b"\t",
    b"\x7f",
    b"\x1b[A",
    b"\x1b[B",
    b"\x1b[D",
    b"\x1b[C",
    b"\x1b[H",
    b"\x1b[3~",
    b"\x1b[1;5D",
    b"\x1b\x7f",
    b"if 1:\r",
    b"(",
    b"'''",
    b"    ",
    "你ü".as_bytes(),
    b"\x0b\x15\x17",
    b"abc ().:",
];

fn seeds() -> Vec<Vec<u8>> {
    crate::target::owned(&[
        b"\x00\xffprint(1)\r",
        b"\x01\x00if 1:\r  x\r\r\x1b[A\x1b[D\x7fy\t",
        b"\x02\x03\x01print(1)\x04\x02",
        b"\xc4\x10\x01\x05A\x01print(1)\x04\x02\x05paste\x04",
        b"\x0e\x05'''\rabc ().:\r'''\r\x03\x04",
    ])
}

/// The first bytes choose the firmware and the size of the portions; the others are sent.
fn run(bytes: &[u8]) {
    let [choice, portion, rest @ ..] = bytes else { return };
    let mut session = Session::new(*choice);
    for part in rest.chunks(usize::from(*portion) + 1) {
        let actions = session.port.receive(part);
        session.act(actions);
        session.chosen = session.chosen.wrapping_mul(31).wrapping_add(part[0]);
        session.go_on();
    }
    session.ends_in_a_prompt();
}

struct Session {
    port: Port,
    chosen: u8,
    completing: bool,
    resetting: bool,
    sent: Vec<u8>,
}

impl Session {
    fn new(choice: u8) -> Self {
        let mut port = Port::new(Settings {
            raw_paste: (choice & 1 == 0).then_some(u16::from(choice)),
            word_keys: choice & 2 == 0,
            line_feed: choice & 4 == 0,
            unicode_lines: choice & 8 == 0,
            history: usize::from(choice >> 6),
            ..Settings::default()
        });
        port.start();
        Self { port, chosen: choice, completing: false, resetting: false, sent: Vec::new() }
    }

    fn act(&mut self, actions: Vec<Action>) {
        let mut todo = std::collections::VecDeque::from(actions);
        while let Some(action) = todo.pop_front() {
            assert!(self.port.waiting() + self.port.room() == INPUT_LIMIT);
            match action {
                Action::Send(bytes) => {
                    assert!(!bytes.is_empty() && bytes.len() <= OUTPUT_LIMIT + 3 * LINE_LIMIT);
                    self.sent = bytes;
                }
                Action::Run { source, .. } => assert!(source.len() <= SOURCE_LIMIT && self.port.is_running()),
                Action::Interrupt => assert!(self.port.is_running()),
                Action::Line(_) => assert!(self.port.is_running()),
                Action::Complete { text } => {
                    assert!(text.len() <= 3 * LINE_LIMIT);
                    self.completing = true;
                }
                Action::SoftReset => self.resetting = true,
                Action::Again => {
                    assert!(todo.is_empty());
                    todo.extend(self.port.receive(b""));
                }
            }
        }
    }

    /// Does some of what an owner does.
    fn go_on(&mut self) {
        let actions = match self.chosen & 7 {
            _ if self.completing => return self.complete(),
            0 => self.port.input(),
            1 => self.port.finished(Outcome::Exit),
            2 => self.port.finished(Outcome::Failed("E: x")),
            3 => return drop(self.port.take_input(usize::from(self.chosen))),
            4 => self.start(),
            5 => return,
            _ => self.port.finished(Outcome::Done),
        };
        self.act(actions);
    }

    fn start(&mut self) -> Vec<Action> {
        if std::mem::take(&mut self.resetting) { self.port.start() } else { Vec::new() }
    }

    fn complete(&mut self) {
        self.completing = false;
        let completion = match self.chosen & 3 {
            0 => Completion::Nothing,
            1 => Completion::Insert("na\r你\x1b".to_owned()),
            _ => Completion::Choices(vec!["ab".to_owned(), "abc".repeat(20)]),
        };
        let actions = self.port.completed(&completion);
        self.act(actions);
    }

    /// Whatever went before: who answers each action gets to a prompt again.
    fn ends_in_a_prompt(&mut self) {
        while self.port.is_running() || self.completing {
            if self.completing {
                self.complete();
            }
            let actions = self.port.finished(Outcome::Done);
            self.act(actions);
            let actions = self.start();
            self.act(actions);
        }
        for ctrl_c_and_friendly in [b"\x04", b"\x03", b"\x02"] {
            let actions = self.port.receive(ctrl_c_and_friendly);
            self.act(actions);
            let actions = self.port.finished(Outcome::Done);
            self.act(actions);
            let actions = self.start();
            self.act(actions);
        }
        let actions = self.port.receive(b"\x1bx\x03");
        self.act(actions);
        assert!(self.sent.ends_with(b">>> "), "{:?}", String::from_utf8_lossy(&self.sent));
    }
}
