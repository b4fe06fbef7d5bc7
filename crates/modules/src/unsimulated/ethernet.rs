//! `ethernet`: one class for each chip.

use super::surface::{Class, NOTHING, PLAIN, Surface};

pub(crate) const ETHERNET: Surface = Surface {
    why: "the simulated board has no Ethernet chip",
    instead: "Sockets reach the network without it",
    classes: &[
        Class {
            name: "W5500",
            methods: "__init__ set_addr set_dns set_up set_down dhcp ipconfig set_default_NIC",
            ..PLAIN
        },
        Class { name: "DM9051", methods: "__init__ set_addr set_dns set_up set_down dhcp ipconfig", ..PLAIN },
        Class {
            name: "CH395",
            methods: "__init__ set_addr set_dns set_up set_down dhcp ipconfig set_default_NIC status",
            ..PLAIN
        },
        Class {
            name: "YT8512H",
            methods: "__init__ set_addr set_dns set_up set_down dhcp ipconfig set_default_NIC status speed node",
            ..PLAIN
        },
    ],
    ..NOTHING
};
