//! `input()` at the main serial port: the prompts edit the lines it asks for.

use super::shared::Shared;
use crate::lines::{self, Entered, Line};
use parking_lot::MutexGuard;
use quecpy_serial::{Action, Port};
use std::collections::VecDeque;
use std::sync::Arc;

impl Shared {
    fn lines(&self) -> MutexGuard<'_, VecDeque<Line>> {
        self.lines.lock()
    }

    /// Has a prompt edit a line if a script waits for one.
    pub(super) fn input(&self, port: &mut Port) -> Vec<Action> {
        let mut lines = self.lines();
        lines.retain(Line::is_awaited);
        if lines.is_empty() { Vec::new() } else { port.input() }
    }

    pub(super) fn entered(&self, line: quecpy_serial::Line) {
        let entered = match line {
            quecpy_serial::Line::Text(text) => Entered::Text(text),
            quecpy_serial::Line::End => Entered::End,
            quecpy_serial::Line::TooLong => Entered::TooLong,
        };
        let mut lines = self.lines();
        lines.retain(Line::is_awaited);
        if let Some(line) = lines.pop_front() {
            line.enter(entered);
        }
    }
}

/// What `input()` asks.
pub struct Lines(pub Arc<Shared>);

impl lines::Lines for Lines {
    fn ask(&self, line: Line) {
        self.0.lines().push_back(line);
        for (number, end) in self.0.talking() {
            let mut port = end.port();
            let actions = self.0.input(&mut port);
            self.0.act(number, &mut port, actions);
        }
    }

    fn gone(&self) {
        for (number, end) in self.0.talking() {
            let mut port = end.port();
            // An interrupt may have come before the port began to edit.
            port.cancel_input();
            let actions = self.0.input(&mut port);
            self.0.act(number, &mut port, actions);
        }
    }
}
