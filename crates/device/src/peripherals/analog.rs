//! What the module measures, and its pulse outputs, lights and USB network.

use crate::board_file;
use parking_lot::Mutex;

/// Channels of the converter, and pulse outputs.
pub const COUNT: usize = 4;

/// `USBNET.Type_ECM` and `Type_RNDIS`.
pub const ECM: i64 = 1;
/// A network card over USB, as RNDIS.
pub const RNDIS: i64 = 3;

/// What a pulse output does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pulse {
    /// Periods a second.
    pub hertz: f64,
    /// Part of the time for which it is high, in percent.
    pub duty: f64,
}

/// What is set.
#[derive(Debug, Clone)]
struct State {
    millivolts: [u16; COUNT],
    supply: u16,
    temperature: i32,
    pulses: [Option<Pulse>; COUNT],
    usb_type: i64,
    usb_up: bool,
    nat: i64,
    net_light: Option<bool>,
    second_antenna_off: bool,
}

impl State {
    fn new(power: &board_file::Power) -> Self {
        Self {
            millivolts: power.adc_millivolts,
            supply: power.millivolts,
            temperature: power.temperature,
            pulses: [None; COUNT],
            usb_type: ECM,
            usb_up: false,
            nat: 0,
            net_light: None,
            second_antenna_off: false,
        }
    }
}

/// A board's.
#[derive(Debug)]
pub struct Analog(Mutex<State>);

impl Analog {
    pub(super) fn new(power: &board_file::Power) -> Self {
        Self(Mutex::new(State::new(power)))
    }

    /// What a channel of the converter measures; None for one that there is not.
    pub fn millivolts(&self, channel: i64) -> Option<u16> {
        let channel = usize::try_from(channel).ok()?;
        self.0.lock().millivolts.get(channel).copied()
    }

    /// Applies a voltage to a channel.
    pub fn apply(&self, channel: usize, millivolts: u16) {
        if let Some(voltage) = self.0.lock().millivolts.get_mut(channel) {
            *voltage = millivolts;
        }
    }

    /// The supply, in millivolts.
    pub fn supply(&self) -> u16 {
        self.0.lock().supply
    }

    /// Sets the supply, in millivolts.
    pub fn set_supply(&self, millivolts: u16) {
        self.0.lock().supply = millivolts;
    }

    /// Degrees Celsius.
    pub fn temperature(&self) -> i32 {
        self.0.lock().temperature
    }

    /// Sets the temperature, in degrees Celsius.
    pub fn set_temperature(&self, degrees: i32) {
        self.0.lock().temperature = degrees;
    }

    /// What a pulse output does; None when it is off.
    pub fn pulse(&self, output: usize) -> Option<Pulse> {
        self.0.lock().pulses.get(output).copied().flatten()
    }

    /// Sets what a PWM output does; none: nothing.
    pub fn set_pulse(&self, output: usize, pulse: Option<Pulse>) {
        if let Some(state) = self.0.lock().pulses.get_mut(output) {
            *state = pulse;
        }
    }

    /// What the USB network card is, as `USBNET.get_worktype` has it.
    pub fn usb_type(&self) -> i64 {
        self.0.lock().usb_type
    }

    /// Sets what the USB network card is.
    pub fn set_usb_type(&self, kind: i64) {
        self.0.lock().usb_type = kind;
    }

    /// Whether the USB network card is up.
    pub fn usb_up(&self) -> bool {
        self.0.lock().usb_up
    }

    /// Takes the USB network card up or down.
    pub fn set_usb_up(&self, up: bool) {
        self.0.lock().usb_up = up;
    }

    /// Which addresses the USB network card translates, as `USBNET.getNat` has it.
    pub fn nat(&self) -> i64 {
        self.0.lock().nat
    }

    /// Sets which addresses the USB network card translates.
    pub fn set_nat(&self, kind: i64) {
        self.0.lock().nat = kind;
    }

    /// The network light, if a script has ever set it.
    pub fn net_light(&self) -> Option<bool> {
        self.0.lock().net_light
    }

    /// Turns the network light on or off.
    pub fn set_net_light(&self, on: bool) {
        self.0.lock().net_light = Some(on);
    }

    /// Whether the second antenna is off.
    pub fn second_antenna_off(&self) -> bool {
        self.0.lock().second_antenna_off
    }

    /// Turns the second antenna off or on.
    pub fn set_second_antenna_off(&self, off: bool) {
        self.0.lock().second_antenna_off = off;
    }

    /// What a script has set is gone; what is measured stays.
    pub(super) fn reset(&self) {
        let mut state = self.0.lock();
        (state.pulses, state.usb_up, state.net_light) = ([None; COUNT], false, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_measure_what_is_applied() {
        let analog = Analog::new(&board_file::Power::default());
        assert_eq!([analog.millivolts(0), analog.millivolts(-1), analog.millivolts(4)], [Some(613), None, None]);
        analog.apply(3, 1200);
        analog.apply(99, 1);
        assert_eq!(analog.millivolts(3), Some(1200));
    }
}
