//! The report for programs: one JSON object a line, as the workers tell it.

use crate::events::Event;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

/// Where it goes.
#[derive(Debug)]
pub struct Json(Box<dyn Sink>);

trait Sink: Write + std::fmt::Debug {}
impl Sink for File {}
impl Sink for io::Stdout {}

impl Json {
    /// # Errors
    /// Those of making the file.
    pub fn create(path: &Path) -> io::Result<Self> {
        if path.as_os_str() == "-" {
            return Ok(Self(Box::new(io::stdout())));
        }
        Ok(Self(Box::new(File::create(path)?)))
    }

    /// One event of a file.
    pub fn tell(&mut self, file: &str, event: &Event) {
        if let Ok(serde_json::Value::Object(mut value)) = serde_json::to_value(event) {
            value.insert("file".into(), file.into());
            self.line(&serde_json::Value::Object(value));
        }
    }

    pub fn line(&mut self, value: &serde_json::Value) {
        // A report that cannot be written does not end the tests.
        let _ = writeln!(self.0, "{value}").and_then(|()| self.0.flush());
    }
}
