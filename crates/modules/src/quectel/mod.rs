//! The modules that Quectel adds, a file each, named as the module.

pub(crate) mod atcmd;
pub(crate) mod cell_locator;
pub(crate) mod data_call;
pub(crate) mod icmp;
pub(crate) mod modem;
pub(crate) mod net;
pub(crate) mod pm;
pub(crate) mod qrcode;
pub(crate) mod quecgnss;
pub(crate) mod secure_data;
pub(crate) mod sim;
pub(crate) mod sms;
pub(crate) mod update;
pub(crate) mod voice_call;
pub(crate) mod wakeup;
pub(crate) mod wifi_scan;
