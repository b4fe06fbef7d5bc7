//! Asserts that explain themselves: the source of a test is rewritten before it is compiled, line for line.
//!
//! `assert f(x) == 1` becomes `assert (_q0_1:=(f(x))) == (_q0_2:=(1)), _quecpy_assert(0); _q0_1 = _q0_2 = _quecpy_assert`:
//! every part leaves its value in a local variable, the message is made only when the assert fails, by a native
//! function that looks into the failing frame, and what held the values is let go. What the parts are is kept here as
//! a [`Site`]; the text is made of it by `_pytest_explain.py`.

use ruff_python_ast::visitor::source_order::{self, SourceOrderVisitor};
use ruff_python_ast::{Expr, Operator, Stmt, StmtAssert, UnaryOp};
use ruff_python_parser::parse_module;
use ruff_text_size::{Ranged, TextRange};
use std::fmt::Write;

/// The name of the native function in a rewritten module; also the mark of a value that is not there.
pub const NAME: &str = "_quecpy_assert";

/// The number of the local variable that keeps a part's value.
type Slot = usize;

/// A part of an asserted expression.
#[derive(Debug, PartialEq, Eq)]
pub enum Part {
    /// A name; with a slot where its evaluation decides something.
    Name(String, Option<Slot>),
    /// Anything that is shown by its value only.
    Value(Slot),
    /// A call.
    Call {
        /// Where the value is kept.
        slot: Slot,
        /// What is called.
        function: Box<Part>,
        /// The arguments, with the text before each.
        arguments: Vec<(String, Part)>,
    },
    /// An attribute.
    Attribute {
        /// Where the value is kept.
        slot: Slot,
        /// The object.
        of: Box<Part>,
        /// The attribute's name.
        name: String,
    },
    /// An operation of two.
    Binary {
        /// Where the value is kept.
        slot: Slot,
        /// The operator.
        operator: &'static str,
        /// Its left side.
        left: Box<Part>,
        /// Its right side.
        right: Box<Part>,
    },
    /// An operation of one.
    Unary {
        /// Where the value is kept.
        slot: Slot,
        /// The operator.
        operator: &'static str,
        /// What it works on.
        operand: Box<Part>,
    },
    /// `and` or `or`.
    Bool {
        /// Where the value is kept.
        slot: Slot,
        /// The operator.
        operator: &'static str,
        /// What stands between the operators.
        parts: Vec<Part>,
    },
    /// A chain of comparisons.
    Compare {
        /// Where the value is kept.
        slot: Slot,
        /// The first value.
        first: Box<Part>,
        /// Each further operator and value.
        rest: Vec<(&'static str, Part)>,
    },
    /// What cannot be recorded: shown by its source.
    Source(String),
}

/// One assert statement.
#[derive(Debug)]
pub struct Site {
    /// The expression.
    pub part: Part,
}

/// A rewritten source.
#[derive(Debug, Default)]
pub struct Rewritten {
    /// The source, with as many lines as before.
    pub text: String,
    /// The asserts in it.
    pub sites: Vec<Site>,
}

/// The local variable of a slot.
#[must_use]
pub fn variable(site: usize, slot: Slot) -> String {
    format!("_q{site}_{slot}")
}

/// Rewrites the asserts of a source; one that cannot be parsed stays as it is, for the compiler to complain.
#[must_use]
pub fn rewrite(source: &str) -> Rewritten {
    let Ok(parsed) = parse_module(source) else { return Rewritten { text: source.to_owned(), sites: Vec::new() } };
    let mut finder = Finder::default();
    finder.visit_body(&parsed.syntax().body);
    let mut edits = Vec::new();
    let mut sites = Vec::new();
    for (number, statement) in finder.0.iter().enumerate() {
        let mut recorder = Recorder { source, site: number, slots: 0, edits: &mut edits };
        let part = recorder.part(&statement.test, false);
        let used = recorder.slots;
        finish(number, used, statement, &mut edits);
        sites.push(Site { part });
    }
    Rewritten { text: apply(source, edits), sites }
}

/// The message, and letting go of what was recorded.
fn finish(site: usize, slots: usize, statement: &StmtAssert, edits: &mut Vec<Edit>) {
    let mut clean = String::new();
    if slots > 0 {
        clean.push_str("; ");
        for slot in 0..slots {
            // Writing to a String cannot fail.
            let _ = write!(clean, "{} = ", variable(site, slot));
        }
        clean.push_str(NAME);
    }
    match &statement.msg {
        Some(message) => {
            edits.push(Edit::open(message.range(), format!("{NAME}({site}, (")));
            edits.push(Edit::close(message.range(), "))".into()));
            edits.push(Edit::close(statement.range, clean));
        }
        None => edits.push(Edit::close(statement.range, format!(", {NAME}({site}){clean}"))),
    }
}

#[derive(Default)]
struct Finder<'a>(Vec<&'a StmtAssert>);

impl<'a> SourceOrderVisitor<'a> for Finder<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Assert(statement) => self.0.push(statement),
            _ => source_order::walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, _: &'a Expr) {}
}

/// Text to be put into the source. At one place what closes goes before what opens; of two that open the wider range
/// goes first, of two that close the narrower.
struct Edit {
    at: usize,
    opens: bool,
    width: usize,
    order: usize,
    text: String,
}

impl Edit {
    fn open(range: TextRange, text: String) -> Self {
        Self { at: range.start().to_usize(), opens: true, width: range.len().to_usize(), order: 0, text }
    }

    fn close(range: TextRange, text: String) -> Self {
        Self { at: range.end().to_usize(), opens: false, width: range.len().to_usize(), order: 0, text }
    }

    fn key(&self) -> (usize, bool, isize, isize) {
        let (width, order) = (self.width.cast_signed(), self.order.cast_signed());
        if self.opens { (self.at, true, -width, order) } else { (self.at, false, width, order) }
    }
}

fn apply(source: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(Edit::key);
    let mut out = String::with_capacity(source.len() * 2);
    let mut at = 0;
    for edit in edits {
        out.push_str(&source[at..edit.at]);
        out.push_str(&edit.text);
        at = edit.at;
    }
    out.push_str(&source[at..]);
    out
}

struct Recorder<'a> {
    source: &'a str,
    site: usize,
    slots: usize,
    edits: &'a mut Vec<Edit>,
}

impl Recorder<'_> {
    /// Has an expression's value recorded. Doubled parentheses, as `yield` and `:=` need their own.
    fn record(&mut self, expression: &Expr) -> Slot {
        let slot = self.slots;
        self.slots += 1;
        let range = expression.range();
        self.edits.push(Edit::open(range, format!("({}:=(", variable(self.site, slot))));
        self.edits.push(Edit::close(range, "))".into()));
        slot
    }

    fn text(&self, range: TextRange) -> String {
        self.source[range.start().to_usize()..range.end().to_usize()].to_owned()
    }

    fn part(&mut self, expression: &Expr, decides: bool) -> Part {
        if let Expr::Name(name) = expression {
            let slot = decides.then(|| self.record(expression));
            return Part::Name(name.id.to_string(), slot);
        }
        if matches!(expression, Expr::Starred(_)) {
            return Part::Source(self.text(expression.range()));
        }
        let slot = self.record(expression);
        match expression {
            Expr::Call(call) => {
                let function = Box::new(self.part(&call.func, false));
                let mut arguments = Vec::new();
                for argument in call.arguments.iter_source_order() {
                    use ruff_python_ast::ArgOrKeyword;
                    let (prefix, value) = match argument {
                        ArgOrKeyword::Arg(Expr::Starred(starred)) => ("*".to_owned(), &*starred.value),
                        ArgOrKeyword::Arg(value) => (String::new(), value),
                        ArgOrKeyword::Keyword(keyword) => match &keyword.arg {
                            Some(name) => (format!("{name}="), &keyword.value),
                            None => ("**".to_owned(), &keyword.value),
                        },
                    };
                    let part = self.part(value, false);
                    arguments.push((prefix, part));
                }
                Part::Call { slot, function, arguments }
            }
            Expr::Attribute(attribute) => {
                let of = Box::new(self.part(&attribute.value, false));
                Part::Attribute { slot, of, name: attribute.attr.to_string() }
            }
            Expr::BinOp(binary) => {
                let left = Box::new(self.part(&binary.left, false));
                let right = Box::new(self.part(&binary.right, false));
                Part::Binary { slot, operator: operator(binary.op), left, right }
            }
            Expr::UnaryOp(unary) => {
                let operator = match unary.op {
                    UnaryOp::Not => "not ",
                    UnaryOp::Invert => "~",
                    UnaryOp::USub => "-",
                    UnaryOp::UAdd => "+",
                };
                Part::Unary { slot, operator, operand: Box::new(self.part(&unary.operand, false)) }
            }
            Expr::BoolOp(junction) => {
                let parts = junction.values.iter().map(|value| self.part(value, true)).collect();
                Part::Bool { slot, operator: junction.op.as_str(), parts }
            }
            Expr::Compare(compare) => {
                let first = Box::new(self.part(&compare.left, true));
                let operators = compare.ops.iter().map(|op| op.as_str());
                let rest = compare.comparators.iter().map(|value| self.part(value, true));
                Part::Compare { slot, first, rest: operators.zip(rest).collect() }
            }
            _ => Part::Value(slot),
        }
    }
}

fn operator(operator: Operator) -> &'static str {
    operator.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(source: &str) -> String {
        rewrite(source).text
    }

    #[test]
    fn parts_are_recorded_and_let_go() {
        assert_eq!(
            line("assert f(x) == 1"),
            "assert (_q0_0:=((_q0_1:=(f(x))) == (_q0_2:=(1)))), _quecpy_assert(0); \
             _q0_0 = _q0_1 = _q0_2 = _quecpy_assert"
        );
        assert_eq!(line("assert x"), "assert x, _quecpy_assert(0)");
        assert_eq!(line("assert x, 'm'  # c\n"), "assert x, _quecpy_assert(0, ('m'))  # c\n");
    }

    #[test]
    fn lines_stay_and_other_code_is_not_touched() {
        let source = "def f():\n    assert (\n        a\n        == b  # c\n    ), 'x'\n    return 'assert 1'\n";
        let text = line(source);
        assert_eq!(text.lines().count(), source.lines().count());
        assert!(text.ends_with("    return 'assert 1'\n"));
        assert_eq!(line("if x: assert y; z()\n"), "if x: assert y, _quecpy_assert(0); z()\n");
        assert_eq!(line("assert ("), "assert (");
    }

    #[test]
    fn the_result_can_be_parsed() {
        for source in [
            "assert any(x for x in y)",
            "assert (yield)",
            "assert (a := 1)",
            "assert lambda: 1",
            "assert f(*a, b=1, **c)",
            "assert a < b < c and not d or -e",
            "assert [1, 2][0] == {1: 2}[1]",
            "assert a if b else c",
            "assert f'{a}' == \"\"\"\nb\"\"\"",
            "assert (1, 'm')",
            "assert not (a == b)",
            "assert [*a] == [*b]",
            "assert x.y().z is not None, ('a', 'b')",
        ] {
            let text = format!("def f():\n    {}\n", line(source));
            assert!(parse_module(&text).is_ok(), "{text}");
        }
    }
}
