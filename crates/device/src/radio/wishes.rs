//! What a script wishes for the next power-on.

use serde::{Deserialize, Serialize};

/// One context's entry of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Wishes {
    pub auto_activate: u8,
    pub auto_connect: u8,
}
