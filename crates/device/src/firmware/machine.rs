//! What firmware columns have of `machine`, and in what they differ. Source: the module contract, machine.

use crate::peripherals::keypad::Form;

/// One column.
#[derive(Debug)]
pub struct Machine {
    /// Classes and functions.
    pub names: &'static [&'static str],
    /// Those of MicroPython's own ports.
    pub more: &'static [&'static str],
    /// The first and the last GPIO.
    pub gpios: [u8; 2],
    /// The class's name in `repr(pin)`.
    pub pin_repr: &'static str,
    /// Names and values of `Pin`.
    pub pin_constants: &'static [(&'static str, i64)],
    /// Text of the ValueError for lines that cannot be set up.
    pub gpio_error: &'static str,
    /// Names and values of `UART`.
    pub uart_constants: &'static [(&'static str, i64)],
    /// Ports that there are.
    pub uarts: u8,
    /// Whether ports take words of 8 bits only.
    pub uart_only_8_bits: bool,
    /// Whether `read` gives None when nothing waits.
    pub uart_empty_is_none: bool,
    /// Whether `SPI.write_read` sends up to the first zero byte only.
    pub spi_ends_at_zero: bool,
    /// Whether `SPI` takes a group of pins behind its clock.
    pub spi_has_group: bool,
    /// Whether `SoftSPI` does anything.
    pub soft_spi_works: bool,
    /// How `KeyPad` tells of a key.
    pub key_form: Form,
}

const UARTS: [(&str, i64); 4] = [("UART0", 0), ("UART1", 1), ("UART2", 2), ("UART3", 3)];
const WITH_UART4: [(&str, i64); 5] = [UARTS[0], UARTS[1], UARTS[2], UARTS[3], ("UART4", 4)];
/// The port of the interactive prompt is UART3 (the roles of the ports).
const WITH_REPL: [(&str, i64); 6] = [UARTS[0], UARTS[1], UARTS[2], UARTS[3], ("UART4", 4), ("REPL_UART", 3)];

/// MicroPython's own ports have these beside what is the board's.
pub const MICROPYTHON: Machine = Machine {
    more: &["reset", "unique_id", "PinBase", "Signal", "time_pulse_us", "mem8", "mem16", "mem32"],
    ..DOCUMENTED
};

/// Quectel's documentation.
pub const DOCUMENTED: Machine = Machine {
    names: &[
        "Pin",
        "ExtInt",
        "UART",
        "SPI",
        "SoftSPI",
        "I2C",
        "I2C_simulation",
        "OneWire",
        "Timer",
        "RTC",
        "LCD",
        "WDT",
        "KeyPad",
        "NANDFLASH",
        "SoftReset",
    ],
    more: &[],
    gpios: [1, 47],
    pin_repr: "Pin",
    pin_constants: &[],
    gpio_error: "GPIO initialization error",
    uart_constants: &WITH_UART4,
    uarts: 5,
    uart_only_8_bits: false,
    uart_empty_is_none: false,
    spi_ends_at_zero: false,
    spi_has_group: true,
    soft_spi_works: true,
    key_form: Form::Three,
};

/// Generation 1.
pub const G1: Machine = Machine {
    names: &[
        "Pin",
        "ExtInt",
        "UART",
        "SPI",
        "I2C",
        "I2C_simulation",
        "Timer",
        "RTC",
        "LCD",
        "WDT",
        "KeyPad",
        "NANDFLASH",
    ],
    uart_constants: &UARTS,
    uarts: 4,
    spi_ends_at_zero: true,
    spi_has_group: false,
    key_form: Form::Five,
    ..DOCUMENTED
};

/// Generation 2.
pub const G2: Machine = Machine {
    names: &[
        "Pin",
        "ExtInt",
        "UART",
        "SPI",
        "I2C",
        "I2C_simulation",
        "Timer",
        "RTC",
        "LCD",
        "WDT",
        "KeyPad",
        "NANDFLASH",
        "SoftReset",
    ],
    uart_constants: &WITH_REPL,
    spi_has_group: false,
    ..DOCUMENTED
};

/// Generation 3.
pub const G3: Machine = Machine {
    names: &[
        "Pin",
        "ExtInt",
        "UART",
        "SPI",
        "SoftSPI",
        "I2C",
        "I2C_simulation",
        "Timer",
        "RTC",
        "WDT",
        "NANDFLASH",
        "SoftReset",
        "Key",
        "reset",
        "freq",
        "unique_id",
        "sys_wdt_feed",
    ],
    gpios: [0, 43],
    pin_repr: "GPIO",
    pin_constants: &[("BLINK_ON", 1), ("BLINK_OFF", 0)],
    gpio_error: "GPIO initialization failed",
    uart_constants: &UARTS,
    uarts: 4,
    uart_only_8_bits: true,
    uart_empty_is_none: true,
    soft_spi_works: false,
    ..DOCUMENTED
};
