//! Which tests failed in the last run.

#![expect(clippy::disallowed_methods, reason = "the parent of tests is of the host")]

use std::collections::BTreeSet;
use std::path::Path;

/// Where failures are remembered, below the root.
const CACHE: &str = ".quecpy/test/lastfailed.json";

/// What failed the last time.
#[derive(Debug, Default)]
pub(super) struct Cache {
    pub failed: BTreeSet<String>,
    pub before: BTreeSet<String>,
}

impl Cache {
    pub fn read(root: &Path) -> Self {
        let text = std::fs::read_to_string(root.join(CACHE)).unwrap_or_default();
        let failed: BTreeSet<String> = serde_json::from_str(&text).unwrap_or_default();
        Self { before: failed.clone(), failed }
    }

    pub fn write(&self, root: &Path) {
        if self.failed == self.before {
            return;
        }
        let path = root.join(CACHE);
        let text = serde_json::to_string_pretty(&self.failed).unwrap_or_default();
        // Where nothing can be written, nothing is remembered.
        let _ = path.parent().map(std::fs::create_dir_all);
        let _ = std::fs::write(path, text);
    }
}
