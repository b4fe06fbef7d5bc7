//! Modules whose hardware or service is not simulated. They import and show their names, constants have their
//! values, and what would act raises NotImplementedError with a text that says why and what to do instead.
//!
//! The files beside this one are data: one [`Surface`] a module. Names are those of the module contract's list of
//! public names.

mod bluetooth;
mod clouds;
mod dlms;
mod ethernet;
mod media;
mod optional;
mod surface;

pub(crate) use bluetooth::{BLE, BT};
pub(crate) use clouds::{
    A_LI_YUN, QTH, QTH_BUS, QTH_CONFIG, QTH_DMP, QTH_FILE, QTH_INIT, QTH_OTA, QTH_PROTOCOL, QTH_TLS_CERT, TEN_CENT_YUN,
};
pub(crate) use dlms::DLMS;
pub(crate) use ethernet::ETHERNET;
pub(crate) use media::{AUDIO, CAMERA, LVGL};
pub(crate) use optional::{
    DIAL, G711, HLS, LIBRTMP, LWM2M, NB, OPUS, POC, QUEC_IOT, RSA, SENSOR, SIF, SLIP, TIKTOK_RTC, TP, WIFI_LOCATOR,
};
pub use surface::Surface;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::{Kind, MODULES};
    use std::collections::HashSet;

    fn surfaces() -> impl Iterator<Item = (&'static str, &'static Surface)> {
        MODULES.iter().filter_map(|m| match m.kind {
            Kind::Unsimulated(surface) => Some((m.name, surface)),
            _ => None,
        })
    }

    #[test]
    fn every_surface_says_why_in_one_line_without_a_full_stop() {
        for (name, surface) in surfaces() {
            for text in [surface.why, surface.instead] {
                assert!(!text.is_empty() && !text.ends_with('.') && !text.contains('\n'), "{name}: {text}");
            }
        }
    }

    #[test]
    fn no_name_stands_twice() {
        for (module, surface) in surfaces() {
            let classes = surface.classes.iter().map(|c| c.name);
            let mut seen = HashSet::new();
            for name in surface.functions.split_whitespace().chain(classes) {
                assert!(seen.insert(name), "{module}.{name}");
            }
            for class in surface.classes {
                let mut seen = HashSet::new();
                let names = class.constants.iter().map(|(name, _)| *name);
                let listed = class.methods.split_whitespace().chain(class.attributes.split_whitespace());
                for name in names.chain(listed) {
                    assert!(seen.insert(name), "{module}.{}.{name}", class.name);
                }
            }
        }
    }
}
