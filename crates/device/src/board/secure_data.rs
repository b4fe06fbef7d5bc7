//! Data beside the file system, which survive when `/usr` is made anew (`SecureData`).

use crate::board::Board;

/// Bytes of each place, from place 1 (the module contract, system, SecureData).
const ROOM: [usize; 16] = [52, 52, 52, 52, 52, 52, 52, 52, 100, 100, 100, 100, 500, 500, 1000, 1000];

fn room(index: i64) -> Option<usize> {
    ROOM.get(usize::try_from(index).ok()?.checked_sub(1)?).copied()
}

impl Board {
    /// Keeps data, as far as they fit. False for a place that is none, or if the host cannot write.
    pub fn keep_data(&self, index: i64, data: &[u8]) -> bool {
        let Some(room) = room(index) else { return false };
        let data = data.get(..room).unwrap_or(data);
        self.flash.keep(&format!("data{index}"), data).is_ok()
    }

    /// What was kept; `None` for nothing.
    #[must_use]
    pub fn kept_data(&self, index: i64) -> Option<Vec<u8>> {
        room(index)?;
        self.flash.kept(&format!("data{index}"))
    }

    /// Whether there is such a place.
    #[must_use]
    pub fn has_place(&self, index: i64) -> bool {
        room(index).is_some()
    }
}

#[cfg(test)]
mod tests {
    use crate::services::testing::board;

    #[test]
    fn data_are_kept_as_far_as_they_fit() {
        let (board, _events) = board();
        assert_eq!(board.kept_data(1), None);
        assert!(board.keep_data(1, &[7; 60]) && board.keep_data(16, b"x"));
        assert_eq!(board.kept_data(1), Some(vec![7; 52]));
        board.restart();
        assert_eq!(board.kept_data(16), Some(b"x".to_vec()));
        for wrong in [0, 17, -1, i64::MIN, i64::MAX] {
            assert!(!board.keep_data(wrong, b"") && board.kept_data(wrong).is_none());
        }
        assert_eq!(board.flash.list("/").unwrap(), ["usr", "bak"]);
    }
}
