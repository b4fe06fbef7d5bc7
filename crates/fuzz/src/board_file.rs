//! Board files: each is refused with a text that says where, or makes a board that can be powered on; and what is shown of it
//! is a board file of the same board.

use crate::target::Target;
use quecpy_device::{Board, Description, Storage};

pub const TARGET: Target = Target { name: "board_file", run, seeds, words: WORDS, inputs: 2500 };

const WORDS: &[&[u8]] = &[
    b"[sim]\n",
    b"[signal]\n",
    b"[[sim.contact]]\n",
    b"[[access_point]]\n",
    b"[pins]\nwires = [[1, 2]]\n",
    b"csq = 31\n",
    b"state = 5\n",
    b"inserted = false\n",
    b"dial_at_boot = true\n",
    b"seconds_to_dial = 1e300\n",
    b"nan",
    b"inf",
    b"-1",
    b"255",
    b"256",
    b"1e999",
    b"\"\"\"",
    b"'",
    b"\xff",
    b"mac = \"zz\"\n",
    b"imei = \"866327040830317\"\n",
    b"\\u0000",
    b"9223372036854775808",
    b"=",
    b".",
    b"\n",
];

fn seeds() -> Vec<Vec<u8>> {
    let mut full = Description::default();
    full.identity.mac = Some("00:11:22:33:44:55".into());
    let own = crate::target::owned(&[
        b"",
        b"[sim]\ninserted = false\n",
        b"[network]\nstate = 2\nmcc = \"460\"\n[position]\nlatitude = 91.0\n",
    ]);
    [vec![Description::default().to_toml().into_bytes(), full.to_toml().into_bytes()], own].concat()
}

fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let description = match Description::parse(text) {
        Ok(description) => description,
        Err(why) => {
            assert!(!why.trim().is_empty());
            return;
        }
    };
    let shown = description.to_toml();
    let again = Description::parse(&shown).expect("what is shown is a board file");
    assert_eq!(again.to_toml(), shown);
    let json: serde_json::Value = serde_json::from_str(&description.to_json()).expect("JSON");
    assert!(json.is_object());
    let folder = tempfile::tempdir().expect("a folder");
    let board = Board::new(description, folder.path().to_owned(), Storage::Ephemeral).expect("a board");
    let _ = (board.addresses(), board.is_online(), board.clock.local());
}
