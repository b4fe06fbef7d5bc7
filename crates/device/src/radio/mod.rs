//! The radio: what the modem does with a SIM card and a network.

pub mod cellular;
pub mod sim;
pub mod wishes;
