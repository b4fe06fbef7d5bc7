//! GPIO lines: direction, pull, level, and the interrupts on them.
//!
//! A line's level is what the script drives, or else what drives it from outside (a hand, a wire to another line), or
//! else its pull. An enabled interrupt sees every change, whoever makes it.

use super::link::Link;
use crate::board_file;
use crate::event::{Source, Value};
use parking_lot::Mutex;
use std::collections::BTreeMap;

/// `Pin.PULL_DISABLE`, `PULL_PU`, `PULL_PD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pull {
    /// No resistor: floating.
    #[default]
    None,
    /// A resistor to the supply.
    Up,
    /// A resistor to ground.
    Down,
}

/// `ExtInt.IRQ_RISING`, `IRQ_FALLING`, `IRQ_RISING_FALLING`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trigger {
    /// From low to high.
    Rising,
    /// From high to low.
    Falling,
    /// Both edges.
    Both,
}

#[derive(Debug, Clone, Copy)]
struct Interrupt {
    trigger: Trigger,
    enabled: bool,
    /// Rising and falling edges seen.
    counts: [u32; 2],
}

#[derive(Debug, Clone, Copy, Default)]
struct Line {
    /// The level that the script drives; None for an input.
    output: Option<bool>,
    pull: Pull,
    outside: Option<bool>,
    interrupt: Option<Interrupt>,
}

#[derive(Debug, Default)]
struct State {
    lines: BTreeMap<u8, Line>,
    wires: Vec<[u8; 2]>,
}

impl State {
    fn line(&mut self, gpio: u8) -> &mut Line {
        self.lines.entry(gpio).or_default()
    }

    fn level(&self, gpio: u8) -> bool {
        let line = self.lines.get(&gpio).copied().unwrap_or_default();
        let wired = |[a, b]: &[u8; 2]| match gpio {
            g if g == *a => Some(*b),
            g if g == *b => Some(*a),
            _ => None,
        };
        let other_end = || self.wires.iter().filter_map(wired).find_map(|g| self.lines.get(&g)?.output);
        line.output.or_else(other_end).or(line.outside).unwrap_or(line.pull == Pull::Up)
    }

    /// The lines with an enabled interrupt, and their levels.
    fn watched(&self) -> Vec<(u8, bool)> {
        let enabled = |(_, line): &(&u8, &Line)| line.interrupt.is_some_and(|i| i.enabled);
        self.lines.iter().filter(enabled).map(|(gpio, _)| (*gpio, self.level(*gpio))).collect()
    }
}

/// A board's lines, by GPIO number.
#[derive(Debug)]
pub struct Pins {
    state: Mutex<State>,
    link: Link,
}

impl Pins {
    pub(super) fn new(description: &board_file::Pins, link: Link) -> Self {
        let state = State { wires: description.wires.clone(), ..State::default() };
        Self { state: Mutex::new(state), link }
    }

    /// Changes something; the interrupts that see an edge are reported.
    fn change<R>(&self, what: impl FnOnce(&mut State) -> R) -> R {
        let mut state = self.state.lock();
        let before = state.watched();
        let result = what(&mut state);
        let mut edges = Vec::new();
        for (gpio, was) in before {
            let level = state.level(gpio);
            let Some(interrupt) = state.line(gpio).interrupt.as_mut().filter(|i| i.enabled && level != was) else {
                continue;
            };
            let unwanted = if level { Trigger::Falling } else { Trigger::Rising };
            if interrupt.trigger != unwanted {
                let count = &mut interrupt.counts[usize::from(!level)];
                *count = count.saturating_add(1);
                edges.push((gpio, !level));
            }
        }
        drop(state);
        for (gpio, falling) in edges {
            let argument = Value::List(vec![i64::from(gpio).into(), i64::from(falling).into()]);
            self.link.send(Source::ExtInt(gpio), argument);
        }
        result
    }

    /// Sets a line up: as an output of that level, or as an input.
    pub fn set_up(&self, gpio: u8, output: Option<bool>, pull: Pull) {
        self.change(|s| {
            let line = s.line(gpio);
            (line.output, line.pull) = (output, pull);
        });
    }

    /// The script's write; false on an input.
    pub fn write(&self, gpio: u8, level: bool) -> bool {
        self.change(|s| {
            let line = s.line(gpio);
            line.output = line.output.map(|_| level);
            line.output.is_some()
        })
    }

    /// Makes a line an output, low unless it was one, or an input.
    pub fn set_direction(&self, gpio: u8, output: bool) {
        self.change(|s| {
            let line = s.line(gpio);
            line.output = output.then_some(line.output.unwrap_or(false));
        });
    }

    /// Whether the pin is an output.
    pub fn is_output(&self, gpio: u8) -> bool {
        self.state.lock().line(gpio).output.is_some()
    }

    /// The pin's level: what drives it, else what pulls it.
    pub fn level(&self, gpio: u8) -> bool {
        self.state.lock().level(gpio)
    }

    /// Drives a line from outside; a line that the script drives keeps the script's level.
    pub fn drive(&self, gpio: u8, level: bool) {
        self.change(|s| s.line(gpio).outside = Some(level));
    }

    /// Lets go of a line that was driven from outside.
    pub fn release(&self, gpio: u8) {
        self.change(|s| s.line(gpio).outside = None);
    }

    /// A wire between two lines: an input shows what the output at its other end drives.
    pub fn wire(&self, a: u8, b: u8) {
        self.change(|s| s.wires.push([a, b]));
    }

    /// Puts an interrupt on a line, not yet enabled.
    pub fn set_interrupt(&self, gpio: u8, trigger: Trigger, pull: Pull) {
        self.change(|s| {
            let line = s.line(gpio);
            line.pull = pull;
            line.interrupt = Some(Interrupt { trigger, enabled: false, counts: [0; 2] });
        });
    }

    /// Lets its interrupt fire, or not.
    pub fn enable_interrupt(&self, gpio: u8, enabled: bool) {
        if let Some(interrupt) = &mut self.state.lock().line(gpio).interrupt {
            interrupt.enabled = enabled;
        }
    }

    /// Rising and falling edges seen.
    pub fn counts(&self, gpio: u8, reset: bool) -> [u32; 2] {
        let mut state = self.state.lock();
        let Some(interrupt) = &mut state.line(gpio).interrupt else { return [0; 2] };
        let counts = interrupt.counts;
        if reset {
            interrupt.counts = [0; 2];
        }
        counts
    }

    pub(super) fn reset(&self) {
        for line in self.state.lock().lines.values_mut() {
            *line = Line { outside: line.outside, ..Line::default() };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::board;
    use super::*;
    use crate::event::Event;

    fn edge(gpio: u8, edge: i64) -> Event {
        let argument = Value::List(vec![i64::from(gpio).into(), edge.into()]);
        Event { source: Source::ExtInt(gpio), argument }
    }

    #[test]
    fn a_level_is_driven_by_the_script_then_from_outside_then_by_the_pull() {
        let (board, _events, _folder) = board();
        let pins = &board.peripherals.pins;
        assert!(!pins.level(5));
        pins.set_up(5, None, Pull::Up);
        assert!(pins.level(5));
        pins.drive(5, false);
        assert!(!pins.level(5));
        pins.release(5);
        assert!(pins.level(5) && !pins.write(5, false), "an input is not written");
        pins.set_up(5, Some(false), Pull::Up);
        pins.drive(5, true);
        assert!(!pins.level(5), "the script's level wins");
        assert!(pins.write(5, true) && pins.level(5));
    }

    #[test]
    fn interrupts_see_the_edges_they_were_set_for_while_enabled() {
        let (board, events, _folder) = board();
        let pins = &board.peripherals.pins;
        pins.set_interrupt(3, Trigger::Rising, Pull::Down);
        pins.drive(3, true);
        pins.drive(3, false);
        pins.enable_interrupt(3, true);
        for level in [true, true, false, true] {
            pins.drive(3, level);
        }
        assert_eq!(events.try_iter().collect::<Vec<_>>(), [edge(3, 0), edge(3, 0)]);
        assert_eq!(pins.counts(3, true), [2, 0]);
        assert_eq!(pins.counts(3, false), [0, 0]);
    }

    #[test]
    fn a_wire_carries_the_level_of_an_output_to_an_interrupt() {
        let (board, events, _folder) = board();
        let pins = &board.peripherals.pins;
        pins.wire(1, 2);
        pins.set_up(1, Some(false), Pull::None);
        pins.set_interrupt(2, Trigger::Both, Pull::Up);
        pins.enable_interrupt(2, true);
        assert!(!pins.level(2), "the wire wins over the pull");
        pins.write(1, true);
        pins.write(1, false);
        assert_eq!(events.try_iter().collect::<Vec<_>>(), [edge(2, 0), edge(2, 1)]);
    }
}
