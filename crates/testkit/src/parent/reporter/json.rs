//! The report for programs: one JSON object a line, as the workers tell it.

#![expect(clippy::disallowed_methods, reason = "the parent of tests is of the host")]

use crate::events::Event;
use crate::parent::printer::Printer;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

/// Where it goes.
#[derive(Debug)]
pub enum Json {
    /// To a file.
    File(File),
    /// To standard output.
    Out(Printer),
}

impl Json {
    /// `-` is standard output.
    ///
    /// # Errors
    /// Those of making the file.
    pub fn create(path: &Path, printer: &Printer) -> io::Result<Self> {
        if path.as_os_str() == "-" {
            return Ok(Self::Out(printer.clone()));
        }
        File::create(path).map(Self::File)
    }

    /// One event of a file.
    pub fn tell(&mut self, file: &str, event: &Event) {
        if let Ok(serde_json::Value::Object(mut value)) = serde_json::to_value(event) {
            value.insert("file".into(), file.into());
            self.line(&serde_json::Value::Object(value));
        }
    }

    /// Writes a line.
    pub fn line(&mut self, value: &serde_json::Value) {
        let line = format!("{value}\n");
        match self {
            // A report that cannot be written does not end the tests.
            Self::File(file) => drop(file.write_all(line.as_bytes())),
            Self::Out(printer) => printer.out(&line),
        }
    }
}
