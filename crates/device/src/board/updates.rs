//! The board: updates of its files at power-on.

use super::Board;
use crate::services::updates::apply;

impl Board {
    /// What `app_fota` does at power-on, and its `update()` at once.
    pub fn update_files(&self) -> bool {
        apply(&self.flash)
    }
}
