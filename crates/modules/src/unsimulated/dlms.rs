//! `dlms`: the server for meters. Its enumerations are numbers of the DLMS/COSEM standard and read normally.

use super::surface::{Class, NOTHING, PLAIN, Surface};

pub(crate) const DLMS: Surface = Surface {
    why: "the DLMS server is part of the firmware of metering modules only",
    functions: "run stop handle_request get_all_objects print_all_objects set_default_clock set_serial_number \
        get_serial_number set_flag_id get_flag_id set_hdlc uart_open uart_close",
    classes: &[
        Class { name: "Data", attributes: "logical_name value", ..PLAIN },
        Class { name: "Register", methods: "__init__ reset", attributes: "logical_name value unit scaler", ..PLAIN },
        Class {
            name: "SecuritySetup",
            attributes: "logical_name security_policy security_suite min_invocation_counter",
            ..PLAIN
        },
        Class {
            name: "AssociationLogicalName",
            attributes: "logical_name app_context_name secret auth_mechanism objects clientSAP security_setup \
                context",
            ..PLAIN
        },
        Class {
            name: "DLMSContext",
            attributes: "conformance maxReceivePduSize maxSendPduSize dlmsVersionNumber qualityOfService",
            ..PLAIN
        },
        Class {
            name: "IecHdlcSetup",
            attributes: "logical_name commSpeed windowSizeRx windowSizeTx maxInfoLenTx maxInfoLenRx timeout \
                deviceAddr",
            ..PLAIN
        },
        Class {
            name: "Clock",
            constants: CLOCK_BASES,
            attributes: "logical_name time begin end time_zone deviation base status enabled",
            ..PLAIN
        },
        Class { name: "Conformance", constants: CONFORMANCE, methods: "", ..PLAIN },
        Class { name: "Unit", constants: UNITS, methods: "", ..PLAIN },
        Class { name: "SecurityPolicy", constants: SECURITY_POLICIES, methods: "", ..PLAIN },
    ],
    ..NOTHING
};

/// Attribute 9 of class 8 (DLMS Blue Book).
const CLOCK_BASES: &[(&str, i64)] = &[
    ("BASE_NONE", 0),
    ("BASE_CRYSTAL", 1),
    ("BASE_FREQUENCY_50", 2),
    ("BASE_FREQUENCY_60", 3),
    ("BASE_GPS", 4),
    ("BASE_RADIO", 5),
];

/// Attribute 2 of class 64: version 0 counts to 3, version 1 has bits from 4 on (DLMS Blue Book).
const SECURITY_POLICIES: &[(&str, i64)] = &[
    ("NOTHING", 0),
    ("AUTHENTICATED", 1),
    ("ENCRYPTED", 2),
    ("AUTHENTICATED_ENCRYPTED", 3),
    ("AUTHENTICATED_REQUEST", 4),
    ("ENCRYPTED_REQUEST", 8),
    ("DIGITALLY_SIGNED_REQUEST", 16),
    ("AUTHENTICATED_RESPONSE", 32),
    ("ENCRYPTED_RESPONSE", 64),
    ("DIGITALLY_SIGNED_RESPONSE", 128),
];

/// The conformance block (DLMS Green Book), its bit 0 as the lowest.
const CONFORMANCE: &[(&str, i64)] = &[
    ("NONE", 0),
    ("RESERVED_ZERO", 0x1),
    ("GENERAL_PROTECTION", 0x2),
    ("GENERAL_BLOCK_TRANSFER", 0x4),
    ("READ", 0x8),
    ("WRITE", 0x10),
    ("UN_CONFIRMED_WRITE", 0x20),
    ("DELTA_VALUE_ENCODING", 0x40),
    ("RESERVED_SEVEN", 0x80),
    ("ATTRIBUTE_0_SUPPORTED_WITH_SET", 0x100),
    ("PRIORITY_MGMT_SUPPORTED", 0x200),
    ("ATTRIBUTE_0_SUPPORTED_WITH_GET", 0x400),
    ("BLOCK_TRANSFER_WITH_GET_OR_READ", 0x800),
    ("BLOCK_TRANSFER_WITH_SET_OR_WRITE", 0x1000),
    ("BLOCK_TRANSFER_WITH_ACTION", 0x2000),
    ("MULTIPLE_REFERENCES", 0x4000),
    ("INFORMATION_REPORT", 0x8000),
    ("DATA_NOTIFICATION", 0x10000),
    ("ACCESS", 0x20000),
    ("PARAMETERIZED_ACCESS", 0x40000),
    ("GET", 0x80000),
    ("SET", 0x100000),
    ("SELECTIVE_ACCESS", 0x200000),
    ("EVENT_NOTIFICATION", 0x400000),
    ("ACTION", 0x800000),
];

/// The enumeration of units of class 3 (DLMS Blue Book, table of units).
const UNITS: &[(&str, i64)] = &[
    ("NONE", 0),
    ("YEAR", 1),
    ("MONTH", 2),
    ("WEEK", 3),
    ("DAY", 4),
    ("HOUR", 5),
    ("MINUTE", 6),
    ("SECOND", 7),
    ("PHASE_ANGLE_DEGREE", 8),
    ("TEMPERATURE", 9),
    ("LOCAL_CURRENCY", 10),
    ("LENGTH", 11),
    ("SPEED", 12),
    ("VOLUME_CUBIC_METER", 13),
    ("CORRECTED_VOLUME", 14),
    ("VOLUME_FLUX_HOUR", 15),
    ("CORRECTED_VOLUME_FLUX_HOUR", 16),
    ("VOLUME_FLUX_DAY", 17),
    ("CORRECTED_VOLUME_FLUX_DAY", 18),
    ("VOLUME_LITER", 19),
    ("MASS_KG", 20),
    ("FORCE", 21),
    ("ENERGY", 22),
    ("PRESSURE_PASCAL", 23),
    ("PRESSURE_BAR", 24),
    ("ENERGY_JOULE", 25),
    ("THERMAL_POWER", 26),
    ("ACTIVE_POWER", 27),
    ("APPARENT_POWER", 28),
    ("REACTIVE_POWER", 29),
    ("ACTIVE_ENERGY", 30),
    ("APPARENT_ENERGY", 31),
    ("REACTIVE_ENERGY", 32),
    ("CURRENT", 33),
    ("ELECTRICAL_CHARGE", 34),
    ("VOLTAGE", 35),
    ("ELECTRICAL_FIELD_STRENGTH", 36),
    ("CAPACITY", 37),
    ("RESISTANCE", 38),
    ("RESISTIVITY", 39),
    ("MAGNETIC_FLUX", 40),
    ("INDUCTION", 41),
    ("MAGNETIC", 42),
    ("INDUCTIVITY", 43),
    ("FREQUENCY", 44),
    ("ACTIVE", 45),
    ("REACTIVE", 46),
    ("APPARENT", 47),
    ("V260", 48),
    ("A260", 49),
    ("MASS_KG_PER_SECOND", 50),
    ("CONDUCTANCE", 51),
    ("KELVIN", 52),
    ("RU2H", 53),
    ("RI2H", 54),
    ("CUBIC_METER_RV", 55),
    ("PERCENTAGE", 56),
    ("AMPERE_HOURS", 57),
    ("ENERGY_PER_VOLUME", 60),
    ("WOBBE", 61),
    ("MOLE_PERCENT", 62),
    ("MASS_DENSITY", 63),
    ("PASCAL_SECOND", 64),
    ("JOULE_KILOGRAM", 65),
    ("PRESSURE_GRAM_PER_SQUARE_CENTIMETER", 66),
    ("PRESSURE_ATMOSPHERE", 67),
    ("SIGNAL_STRENGTH_MILLI_WATT", 70),
    ("SIGNAL_STRENGTH_MICRO_VOLT", 71),
    ("DB", 72),
    ("INCH", 128),
    ("FOOT", 129),
    ("POUND", 130),
    ("FAHRENHEIT", 131),
    ("RANKINE", 132),
    ("SQUARE_INCH", 133),
    ("SQUARE_FOOT", 134),
    ("ACRE", 135),
    ("CUBIC_INCH", 136),
    ("CUBIC_FOOT", 137),
    ("OTHER", 254),
    ("NO_UNIT", 255),
];
