//! Writing a board, as a board file that explains itself or as JSON.

use super::Description;
use super::fields::{FIELDS, named};

/// What a file may have and the built-in board has not: shown, so that it can be found.
const LEFT_OUT: &[(&str, &str)] = &[
    ("identity.mac", "# mac = \"F0:92:B4:5A:10:31\""),
    ("data_call.address_v6", "# address_v6 = \"2408:8000:1010:1::6\""),
    ("sim.contact", "# [[sim.contact]]\n# index = 1\n# name = \"Ada\"\n# number = \"+8613000000001\""),
    (
        "neighbour_cell",
        "# [[neighbour_cell]]\n# cell = 232301324\n# pci = 467\n# lac = 26909\n# earfcn = 1650\n# rssi = -60\n# rsrq = -8",
    ),
];

impl Description {
    /// The board file that would give this board, each value with what it means.
    ///
    /// # Panics
    /// Never: every value of this type has a form in TOML.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let plain = toml::to_string(self).expect("every value of a description has a form in TOML");
        let mut out = String::new();
        let mut table = String::new();
        for line in plain.lines() {
            if line.starts_with('[') {
                out += &missing_from(&table, &plain);
                table = line.trim_matches(['[', ']']).to_owned();
            } else if line.is_empty() {
                out += &missing_from(&table, &plain);
                table.clear();
            }
            let name = line.split_once(" = ").map(|(name, _)| name);
            let field = name.and_then(|name| named(&format!("{table}.{name}")));
            out += &field.map_or_else(|| line.to_owned(), |field| commented(line, field.comment));
            out.push('\n');
        }
        out += &missing_from(&table, &plain);
        for (path, example) in LEFT_OUT {
            let whole_table = example.starts_with("# [[");
            if whole_table && !plain.contains(&format!("[[{path}]]")) {
                out += &format!("\n{}\n", with_comments(path, example));
            }
        }
        out
    }

    /// The same as JSON, for programs.
    ///
    /// # Panics
    /// Never: every value of this type has a form in JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("every value of a description has a form in JSON")
    }
}

/// Where comments begin, if the value leaves room.
const COLUMN: usize = 36;

fn commented(line: &str, comment: &str) -> String {
    format!("{line:<COLUMN$}  # {comment}")
}

fn with_comments(table: &str, example: &str) -> String {
    let each = |line: &str| {
        let name = line.strip_prefix("# ").and_then(|line| line.split_once(" = ")).map(|(name, _)| name);
        let field = name.and_then(|name| named(&format!("{table}.{name}")));
        field.map_or_else(|| line.to_owned(), |field| commented(line, field.comment))
    };
    example.lines().map(each).collect::<Vec<_>>().join("\n")
}

/// The values of a table that this board has not, as comments.
fn missing_from(table: &str, plain: &str) -> String {
    let mut out = String::new();
    for (path, example) in LEFT_OUT {
        let Some((above, name)) = path.rsplit_once('.') else { continue };
        let is_value = FIELDS.iter().any(|field| field.path == *path);
        let section = plain.split(&format!("[{table}]\n")).nth(1).and_then(|rest| rest.split("\n[").next());
        let there = section.unwrap_or_default().lines().any(|line| line.starts_with(&format!("{name} = ")));
        if is_value && above == table && !there {
            out += &with_comments(table, example);
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_board_goes_through_toml_and_back() {
        let mut full = Description::default();
        full.identity.mac = Some("aa:bb:cc:dd:ee:ff".into());
        full.data_call.address_v6 = Some("2408:8000::6".parse().expect("an address"));
        full.sim.contact = vec![super::super::Contact { index: 1, name: "Ada".into(), number: "+1".into() }];
        full.pins.wires = vec![[1, 2]];
        let cell = super::super::Cell { cell: 1, pci: 2, lac: 3, earfcn: 4, rssi: -5, rsrq: -6 };
        full.neighbour_cell = vec![cell];
        for board in [Description::default(), full] {
            let text = board.to_toml();
            let again = Description::parse(&text).unwrap_or_else(|e| panic!("{e}\n{text}"));
            assert_eq!(again.to_json(), board.to_json(), "{text}");
            assert_eq!(again.to_toml(), text);
        }
    }

    #[test]
    fn every_value_is_explained_and_every_explanation_is_of_a_value() {
        let text = Description::default().to_toml();
        for field in FIELDS {
            let name = field.path.rsplit('.').next().unwrap_or_default();
            let line = |line: &&str| line.trim_start_matches("# ").starts_with(&format!("{name} = "));
            let found = text.lines().filter(line).any(|line| line.ends_with(&format!("# {}", field.comment)));
            assert!(found, "{}: {text}", field.path);
        }
        for line in text.lines().filter(|line| line.contains(" = ")) {
            assert!(line.contains("  # "), "{line}");
        }
    }

    #[test]
    fn what_is_left_out_can_be_put_in() {
        let text = Description::default().to_toml();
        let all: String = text.lines().map(|line| format!("{}\n", line.strip_prefix("# ").unwrap_or(line))).collect();
        let board = Description::parse(&all).unwrap_or_else(|e| panic!("{e}\n{all}"));
        assert!(board.identity.mac.is_some() && board.data_call.address_v6.is_some());
        assert_eq!((board.sim.contact.len(), board.neighbour_cell.len()), (1, 1));
    }
}
