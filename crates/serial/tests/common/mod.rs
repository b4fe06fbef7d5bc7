//! A port with somebody who does what it asks, in place of a VM.

#![allow(dead_code, reason = "each test file uses a part of it")]

use std::collections::VecDeque;

use quecpy_serial::{Action, Banner, Completion, Line, Mode, Outcome, Port, Settings};

/// What a run prints and the error it ends with.
#[derive(Clone, Debug)]
pub struct Run {
    pub mode: Mode,
    pub source: Vec<u8>,
    pub output: Vec<u8>,
    pub error: Option<String>,
}

/// Ends each run at once.
pub struct Module {
    pub port: Port,
    pub runs: VecDeque<Run>,
    pub completions: VecDeque<Completion>,
    pub wire: Vec<u8>,
    pub lines: Vec<Line>,
    /// Runs are left running.
    pub busy: bool,
    pub seen: Vec<(Mode, Vec<u8>)>,
    pub interrupts: usize,
    pub resets: usize,
}

impl Module {
    pub fn new(settings: Settings) -> Self {
        Self {
            port: Port::new(settings),
            runs: VecDeque::new(),
            completions: VecDeque::new(),
            wire: Vec::new(),
            lines: Vec::new(),
            busy: false,
            seen: Vec::new(),
            interrupts: 0,
            resets: 0,
        }
    }

    /// Started, and its greeting read.
    pub fn started() -> Self {
        Self::started_with(Settings::default())
    }

    pub fn started_with(mut settings: Settings) -> Self {
        settings.banner = Banner { greeting: "hello\r\n".to_owned(), ..settings.banner };
        let mut module = Self::new(settings);
        let actions = module.port.start();
        module.act(actions);
        assert_eq!(module.answer(), "hello\r\n>>> ");
        module
    }

    pub fn send(&mut self, bytes: impl AsRef<[u8]>) -> String {
        let actions = self.port.receive(bytes.as_ref());
        self.act(actions);
        self.answer()
    }

    pub fn finish(&mut self, outcome: Outcome) -> String {
        let actions = self.port.finished(outcome);
        self.act(actions);
        self.answer()
    }

    pub fn answer(&mut self) -> String {
        String::from_utf8_lossy(&std::mem::take(&mut self.wire)).into_owned()
    }

    pub fn act(&mut self, actions: Vec<Action>) {
        for action in actions {
            let more = match action {
                Action::Send(bytes) => {
                    self.wire.extend(bytes);
                    continue;
                }
                Action::Run { source, mode } => self.run(mode, source),
                Action::Complete { .. } => {
                    let completion = self.completions.pop_front().unwrap_or(Completion::Nothing);
                    self.port.completed(&completion)
                }
                Action::SoftReset => {
                    self.resets += 1;
                    self.port.start()
                }
                Action::Interrupt => {
                    self.interrupts += 1;
                    continue;
                }
                Action::Line(line) => {
                    self.lines.push(line);
                    continue;
                }
                Action::Again => self.port.receive(b""),
            };
            self.act(more);
        }
    }

    fn run(&mut self, mode: Mode, source: Vec<u8>) -> Vec<Action> {
        self.seen.push((mode, source.clone()));
        if self.busy {
            return Vec::new();
        }
        let Some(run) = self.runs.pop_front() else { return self.port.finished(Outcome::Done) };
        assert_eq!((run.mode, text(&run.source)), (mode, text(&source)));
        let printed = self.port.output(&run.output);
        self.wire.extend(printed);
        match run.error {
            Some(error) => self.port.finished(Outcome::Failed(&error)),
            None => self.port.finished(Outcome::Done),
        }
    }
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
