//! The texts of the files that tests and tracebacks name, and the asserts of those that were rewritten.

use crate::worker::assertion;
use crate::worker::assertion::{Part, Site};
use parking_lot::{Mutex, MutexGuard};
use quecpy_device::Board;
use ruff_python_ast::Stmt;
use ruff_python_ast::visitor::source_order::{self, SourceOrderVisitor};
use ruff_python_parser::parse_module;
use ruff_text_size::{Ranged, TextRange};
use rustpython_vm::{PyObjectRef, VirtualMachine};
use std::collections::HashMap;
use std::sync::Arc;

#[derive(Debug, Default)]
struct Known {
    text: Arc<str>,
    sites: Vec<Site>,
}

/// Files by the name that tracebacks show.
#[derive(Debug, Default)]
pub struct Sources(Mutex<HashMap<String, Known>>);

impl Sources {
    fn known(&self) -> MutexGuard<'_, HashMap<String, Known>> {
        self.0.lock()
    }

    /// Remembers a file of tests; returns what is to be compiled.
    pub fn rewritten(&self, shown: &str, text: &str) -> String {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let expanded = quecpy_runtime::dialect::plain_lines(text);
        let rewritten = assertion::rewrite(&expanded);
        self.known().insert(shown.to_owned(), Known { text: text.into(), sites: rewritten.sites });
        rewritten.text
    }

    /// The text of a file: one of tests, or one of the board's flash.
    pub fn text(&self, shown: &str, board: &Board) -> Option<Arc<str>> {
        if let Some(known) = self.known().get(shown) {
            return Some(known.text.clone());
        }
        let text: Arc<str> = String::from_utf8(board.flash.read(shown).ok()?).ok()?.into();
        self.known().insert(shown.to_owned(), Known { text: text.clone(), sites: Vec::new() });
        Some(text)
    }

    /// The parts of an assert, as nested tuples.
    pub fn site(&self, shown: &str, number: usize, vm: &VirtualMachine) -> Option<PyObjectRef> {
        self.known().get(shown)?.sites.get(number).map(|site| tuples(&site.part, vm))
    }

    /// First and last line of the statement at `line`; of a compound one only its head.
    pub fn statement(&self, shown: &str, line: usize, board: &Board) -> (usize, usize) {
        let Some(text) = self.text(shown, board) else { return (line, line) };
        let Ok(parsed) = parse_module(&text) else { return (line, line) };
        let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(i, _)| i + 1)).collect();
        let mut finder = Finder { starts: &starts, line, found: (line, line) };
        finder.visit_body(&parsed.syntax().body);
        finder.found
    }
}

struct Finder<'a> {
    /// Where lines begin.
    starts: &'a [usize],
    line: usize,
    found: (usize, usize),
}

impl Finder<'_> {
    fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    fn lines(&self, range: TextRange) -> (usize, usize) {
        (self.line_of(range.start().to_usize()), self.line_of(range.end().to_usize().saturating_sub(1)))
    }
}

impl<'a> SourceOrderVisitor<'a> for Finder<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        let (first, last) = self.lines(statement.range());
        if (first..=last).contains(&self.line) {
            let body = match statement {
                Stmt::FunctionDef(s) => s.body.first(),
                Stmt::ClassDef(s) => s.body.first(),
                Stmt::If(s) => s.body.first(),
                Stmt::For(s) => s.body.first(),
                Stmt::While(s) => s.body.first(),
                Stmt::With(s) => s.body.first(),
                Stmt::Try(s) => s.body.first(),
                _ => None,
            };
            let head = body.map_or(last, |b| self.lines(b.range()).0.saturating_sub(1).max(first));
            // A compound statement's other heads (`else`, `except`) are lines of their own.
            self.found = if self.line <= head { (first, head) } else { (self.line, self.line) };
            source_order::walk_stmt(self, statement);
        }
    }
}

fn tuples(part: &Part, vm: &VirtualMachine) -> PyObjectRef {
    let text = |t: &str| -> PyObjectRef { vm.ctx.new_str(t).into() };
    let number = |n: &usize| -> PyObjectRef { vm.ctx.new_int(*n).into() };
    let tuple = |parts: Vec<PyObjectRef>| -> PyObjectRef { vm.ctx.new_tuple(parts).into() };
    let all = |parts: Vec<PyObjectRef>| -> PyObjectRef { vm.ctx.new_list(parts).into() };
    match part {
        Part::Name(name, slot) => {
            tuple(vec![text("name"), slot.as_ref().map_or_else(|| vm.ctx.none(), number), text(name)])
        }
        Part::Value(slot) => tuple(vec![text("value"), number(slot)]),
        Part::Source(source) => tuple(vec![text("source"), vm.ctx.none(), text(source)]),
        Part::Call { slot, function, arguments } => {
            let arguments = arguments.iter().map(|(prefix, part)| tuple(vec![text(prefix), tuples(part, vm)]));
            tuple(vec![text("call"), number(slot), tuples(function, vm), all(arguments.collect())])
        }
        Part::Attribute { slot, of, name } => tuple(vec![text("attribute"), number(slot), tuples(of, vm), text(name)]),
        Part::Binary { slot, operator, left, right } => {
            tuple(vec![text("binary"), number(slot), text(operator), tuples(left, vm), tuples(right, vm)])
        }
        Part::Unary { slot, operator, operand } => {
            tuple(vec![text("unary"), number(slot), text(operator), tuples(operand, vm)])
        }
        Part::Bool { slot, operator, parts } => {
            let parts = parts.iter().map(|part| tuples(part, vm)).collect();
            tuple(vec![text("bool"), number(slot), text(operator), all(parts)])
        }
        Part::Compare { slot, first, rest } => {
            let rest = rest.iter().map(|(operator, part)| tuple(vec![text(operator), tuples(part, vm)])).collect();
            tuple(vec![text("compare"), number(slot), tuples(first, vm), all(rest)])
        }
    }
}
