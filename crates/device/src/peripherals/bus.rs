//! SPI, I2C and 1-Wire: buses on which nobody answers, until a device is attached.

use parking_lot::Mutex;
use std::collections::HashMap;

/// A device on a bus. Where a bus has no register addresses, `register` is empty.
pub trait BusDevice: Send {
    /// Takes what the module sends; false for no acknowledgement.
    fn write(&mut self, register: &[u8], data: &[u8]) -> bool;

    /// Fills what the module reads; false for no acknowledgement.
    fn read(&mut self, register: &[u8], into: &mut [u8]) -> bool;

    /// Both at once, as on SPI.
    fn exchange(&mut self, data: &[u8], into: &mut [u8]) -> bool {
        self.write(&[], data) && self.read(&[], into)
    }
}

/// Where a device is attached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// By its port.
    Spi(u8),
    /// By its clock line.
    SoftSpi(u8),
    /// By the bus and the device's address of 7 bits.
    I2c(u8, u8),
    /// By the clock line, the data line and the device's address.
    SoftI2c(u8, u8, u8),
    /// By its line.
    OneWire(u8),
}

/// A board's buses.
#[derive(Default)]
pub struct Buses(Mutex<HashMap<Place, Box<dyn BusDevice>>>);

impl std::fmt::Debug for Buses {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.0.lock().keys()).finish()
    }
}

impl Buses {
    /// Attaches a device, in the place of one that was there.
    pub fn attach(&self, place: Place, device: impl BusDevice + 'static) {
        self.0.lock().insert(place, Box::new(device));
    }

    /// Takes a device off its bus.
    pub fn detach(&self, place: Place) {
        self.0.lock().remove(&place);
    }

    /// Whether a device is there.
    pub fn has(&self, place: Place) -> bool {
        self.0.lock().contains_key(&place)
    }

    /// Lets the device do something; None when there is none.
    pub fn with<R>(&self, place: Place, what: impl FnOnce(&mut dyn BusDevice) -> R) -> Option<R> {
        self.0.lock().get_mut(&place).map(|device| what(device.as_mut()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Memory([u8; 4]);

    impl BusDevice for Memory {
        fn write(&mut self, register: &[u8], data: &[u8]) -> bool {
            let at = register.first().map_or(0, |r| usize::from(*r));
            let fits = at + data.len() <= self.0.len();
            if fits {
                self.0[at..at + data.len()].copy_from_slice(data);
            }
            fits
        }

        fn read(&mut self, register: &[u8], into: &mut [u8]) -> bool {
            let at = register.first().map_or(0, |r| usize::from(*r));
            for (to, from) in into.iter_mut().zip(&self.0[at.min(4)..]) {
                *to = *from;
            }
            true
        }
    }

    #[test]
    fn a_device_answers_at_its_place_only() {
        let buses = Buses::default();
        let here = Place::I2c(0, 0x48);
        assert!(!buses.has(here));
        buses.attach(here, Memory([0; 4]));
        assert_eq!(buses.with(here, |d| d.write(&[1], b"ab")), Some(true));
        assert_eq!(buses.with(here, |d| d.write(&[3], b"ab")), Some(false));
        assert_eq!(buses.with(Place::I2c(1, 0x48), |d| d.write(&[1], b"ab")), None);
        let mut into = [9; 4];
        assert_eq!(buses.with(here, |d| d.exchange(b"z", &mut into)), Some(true));
        assert_eq!(&into, b"zab\0");
        buses.detach(here);
        assert!(!buses.has(here));
    }
}
