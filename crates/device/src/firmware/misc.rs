//! What firmware columns have of `misc`, and in what they differ. Source: the module contract, network, misc.

/// One column.
#[derive(Debug)]
pub struct Misc {
    /// Classes and functions.
    pub names: &'static [&'static str],
    /// Whether `Power` is a module; else it is a class.
    pub power_is_module: bool,
    /// Whether `powerRestart` and `powerDown` take a mode.
    pub power_takes_mode: bool,
    /// Whether `powerDownReason` knows nothing and returns −1.
    pub down_reason_unknown: bool,
}

/// Quectel's documentation.
pub const DOCUMENTED: Misc = Misc {
    names: &[
        "Power",
        "PowerKey",
        "ADC",
        "PWM",
        "PWM_V2",
        "USB",
        "USBNET",
        "Temperature",
        "antennaSecRXOffCtrl",
        "net_light",
        "replEnable",
        "replUpdatePassswd",
    ],
    power_is_module: false,
    power_takes_mode: false,
    down_reason_unknown: false,
};

/// Generation 1.
pub const G1: Misc = Misc {
    names: &[
        "Power",
        "PowerKey",
        "ADC",
        "PWM",
        "USB",
        "USBNET",
        "Temperature",
        "antennaSecRXOffCtrl",
        "net_light",
        "replEnable",
        "replUpdatePassswd",
    ],
    ..DOCUMENTED
};

/// Generation 2.
pub const G2: Misc = DOCUMENTED;

/// Generation 3.
pub const G3: Misc = Misc {
    names: &[
        "Power",
        "PowerKey",
        "ADC",
        "PWM",
        "PWM_V2",
        "USB",
        "USBNET",
        "Temperature",
        "antennaSecRXOffCtrl",
        "net_light",
        "setReplEnable",
        "setReplPassword",
    ],
    power_is_module: true,
    power_takes_mode: true,
    down_reason_unknown: true,
};
