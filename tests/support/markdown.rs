//! What tests read of a Markdown file: headings, code blocks with the directions before them, links, paths.
//!
//! A direction is an HTML comment on the lines before a block, unseen in the rendered page:
//!
//! ```text
//! <!-- file: main.py -->            the block is a file of the page's folder
//! <!-- file: main.py                the same for a file that the reader need not see: its lines follow, to the `-->`
//! <!-- folder: python_examples -->  a folder of the repository, copied into the page's folder under its own path
//! <!-- not run: REASON -->          the block is only shown
//! <!-- exit: 1 -->                  the block's last command ends so
//! ```

use std::path::Path;

/// A Markdown file.
pub struct Document {
    /// From the top of the repository, with `/`.
    pub name: String,
    pub steps: Vec<Step>,
    /// Depth and text.
    pub headings: Vec<(usize, String)>,
    /// Line and target.
    pub links: Vec<(usize, String)>,
    /// Line and text of each piece of code within a line.
    pub codes: Vec<(usize, String)>,
}

/// What has to do with code blocks, in the order of the page.
pub enum Step {
    Folder(String),
    File { name: String, text: String },
    Block(Block),
}

pub struct Block {
    pub line: usize,
    pub language: String,
    pub text: String,
    /// The name of the file that it is.
    pub file: Option<String>,
    /// Why it does not run.
    pub not_run: Option<String>,
    pub exit: Option<i32>,
}

impl Document {
    /// Reads `name` of the repository at `root`.
    pub fn read(root: &Path, name: &str) -> Self {
        let text = std::fs::read_to_string(root.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
        let mut document =
            Self { name: name.to_owned(), steps: vec![], headings: vec![], links: vec![], codes: vec![] };
        let mut directions = Vec::new();
        let mut lines = text.lines().enumerate().map(|(n, l)| (n + 1, l));
        while let Some((number, line)) = lines.next() {
            if let Some(language) = line.trim_start().strip_prefix("```") {
                let indent = line.len() - line.trim_start().len();
                let body = lines.by_ref().map(|(_, l)| l.get(indent..).unwrap_or_default());
                let text = body.take_while(|l| !l.starts_with("```")).map(|l| format!("{l}\n")).collect();
                document.steps.push(Step::Block(block(number, language, text, std::mem::take(&mut directions))));
            } else if let Some(direction) = line.strip_prefix("<!-- ") {
                match direction.strip_suffix(" -->") {
                    Some(whole) => directions.extend(whole.split_once(": ").map(owned)),
                    None => {
                        let body = lines.by_ref().map(|(_, l)| l).take_while(|l| *l != "-->");
                        let text = body.map(|l| format!("{l}\n")).collect();
                        let name = direction.strip_prefix("file: ").expect("only a file has lines").to_owned();
                        document.steps.push(Step::File { name, text });
                    }
                }
                directions.retain(|(key, value)| {
                    let is_folder = key == "folder";
                    if is_folder {
                        document.steps.push(Step::Folder(value.clone()));
                    }
                    !is_folder
                });
            } else {
                document.line(number, line);
            }
        }
        document
    }

    fn line(&mut self, number: usize, line: &str) {
        let depth = line.bytes().take_while(|b| *b == b'#').count();
        if depth > 0 && line[depth..].starts_with(' ') {
            self.headings.push((depth, line[depth..].trim().to_owned()));
        }
        let mut plain = String::new();
        for (n, part) in line.split('`').enumerate() {
            if n % 2 == 1 {
                self.codes.push((number, part.to_owned()));
            } else {
                plain += part;
            }
        }
        self.links
            .extend(plain.split("](").skip(1).filter_map(|rest| Some((number, rest.split_once(')')?.0.to_owned()))));
    }

    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.steps.iter().filter_map(|s| match s {
            Step::Block(block) => Some(block),
            _ => None,
        })
    }

    /// The anchors of its headings, as forges and mdBook make them.
    pub fn anchors(&self) -> Vec<String> {
        self.headings.iter().map(|(_, text)| anchor(text)).collect()
    }
}

fn owned((key, value): (&str, &str)) -> (String, String) {
    (key.to_owned(), value.to_owned())
}

fn block(line: usize, language: &str, text: String, directions: Vec<(String, String)>) -> Block {
    let mut block = Block { line, language: language.to_owned(), text, file: None, not_run: None, exit: None };
    for (key, value) in directions {
        match key.as_str() {
            "file" => block.file = Some(value),
            "not run" => block.not_run = Some(value),
            "exit" => block.exit = Some(value.parse().expect("a status")),
            _ => panic!("line {line}: no direction: {key}"),
        }
    }
    block
}

fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase().chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c)).collect::<String>();
    kept.trim().replace(' ', "-")
}
