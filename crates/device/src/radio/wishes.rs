//! What a script wishes for the next power-on.

use serde::{Deserialize, Serialize};

/// One context's entry of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Wishes {
    /// Whether the context is activated at power-on: 0 or 1.
    pub auto_activate: u8,
    /// Whether it is connected again when the network has ended it: 0 or 1.
    pub auto_connect: u8,
}
