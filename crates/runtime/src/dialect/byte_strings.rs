//! Source of firmware whose `str` holds bytes: each byte of a literal becomes a character of its own, U+0000 to U+00FF (see
//! `quecpy_usocket::text`), and so do those of names, which scripts can ask for as texts. `'\u4e2d'` fits into no byte.

use ruff_text_size::{Ranged, TextRange};
use rustpython_vm::compiler::ast::name::Name;
use rustpython_vm::compiler::ast::visitor::transformer::{self, Transformer};
use rustpython_vm::compiler::ast::{
    self, Alias, ExceptHandler, Expr, FString, Identifier, InterpolatedStringElement, Keyword, Parameter, Stmt,
    StringLiteral,
};
use std::cell::Cell;
use std::str::Chars;

/// Rewrites a tree that nothing has been read of; tells where a literal is that does not fit.
pub fn convert(tree: &mut ast::Mod, source: &str) -> Option<usize> {
    let names = !source.is_ascii();
    if !names && !source.contains("\\u") && !source.contains("\\U") {
        return None;
    }
    let converter = Converter { source, names, refused: Cell::new(None) };
    match tree {
        ast::Mod::Module(module) => converter.visit_body(&mut module.body),
        ast::Mod::Expression(expression) => converter.visit_expr(&mut expression.body),
    }
    converter.refused.get()
}

/// Whether a source takes a text for its bytes: published programs that draw Chinese divide a `len()` by three, which is how many
/// bytes of UTF-8 each of its characters has.
pub fn counts_by_threes(source: &str) -> bool {
    source.lines().any(|line| {
        let line = line.split('#').next().unwrap_or_default();
        line.match_indices("len(").any(|(start, _)| {
            let behind = line[start..].split_once(')').map_or("", |(_, behind)| behind);
            let number =
                behind.trim_start_matches([' ', ')']).strip_prefix('/').map(|rest| rest.trim_start_matches(['/', ' ']));
            number
                .and_then(|number| number.strip_prefix('3'))
                .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '.'))
        })
    })
}

struct Converter<'s> {
    source: &'s str,
    /// Whether there may be names that are not ASCII.
    names: bool,
    refused: Cell<Option<usize>>,
}

/// The bytes of a text, each as a character.
fn characters(text: &str) -> impl Iterator<Item = char> {
    text.bytes().map(char::from)
}

fn rename(name: &mut Identifier) {
    if !name.id.is_ascii() {
        name.id = Name::new(characters(&name.id).collect::<String>());
    }
}

impl Converter<'_> {
    fn value(&self, written: &str, raw: bool, range: TextRange) -> Box<str> {
        let value = value(written, raw);
        if value.is_none() && self.refused.get().is_none() {
            self.refused.set(Some(range.start().to_usize()));
        }
        value.unwrap_or_default().into()
    }

    fn element(&self, element: &mut InterpolatedStringElement, raw: bool) {
        match element {
            InterpolatedStringElement::Literal(literal) => {
                let written = self.source[literal.range].replace("{{", "{").replace("}}", "}");
                literal.value = self.value(&written, raw, literal.range);
            }
            InterpolatedStringElement::Interpolation(field) => {
                self.visit_expr(&mut field.expression);
                let specification = field.format_spec.iter_mut().flat_map(|spec| spec.elements.iter_mut());
                specification.for_each(|inner| self.element(inner, raw));
            }
        }
    }
}

impl Transformer for Converter<'_> {
    fn visit_string_literal(&self, literal: &mut StringLiteral) {
        let written = &self.source[literal.range];
        let (prefix, quoted) = written.split_at(written.find(['\'', '"']).unwrap_or(0));
        let quotes =
            if quoted.len() >= 6 && (quoted.starts_with("'''") || quoted.starts_with("\"\"\"")) { 3 } else { 1 };
        let inner = quoted.get(quotes..quoted.len().saturating_sub(quotes)).unwrap_or_default();
        literal.value = self.value(inner, prefix.contains(['r', 'R']), literal.range);
    }

    fn visit_f_string(&self, string: &mut FString) {
        let written = &self.source[string.range()];
        let raw = written[..written.find(['\'', '"']).unwrap_or(0)].contains(['r', 'R']);
        string.elements.iter_mut().for_each(|element| self.element(element, raw));
    }

    fn visit_expr(&self, expr: &mut Expr) {
        match expr {
            Expr::Name(name) if !name.id.is_ascii() => name.id = Name::new(characters(&name.id).collect::<String>()),
            Expr::Attribute(attribute) => rename(&mut attribute.attr),
            _ => {}
        }
        transformer::walk_expr(self, expr);
    }

    fn visit_stmt(&self, stmt: &mut Stmt) {
        if self.names {
            match stmt {
                Stmt::FunctionDef(function) => rename(&mut function.name),
                Stmt::ClassDef(class) => rename(&mut class.name),
                Stmt::Global(global) => global.names.iter_mut().for_each(rename),
                Stmt::Nonlocal(nonlocal) => nonlocal.names.iter_mut().for_each(rename),
                Stmt::ImportFrom(import) => import.module.iter_mut().for_each(rename),
                _ => {}
            }
        }
        transformer::walk_stmt(self, stmt);
    }

    fn visit_parameter(&self, parameter: &mut Parameter) {
        rename(&mut parameter.name);
        transformer::walk_parameter(self, parameter);
    }

    fn visit_keyword(&self, keyword: &mut Keyword) {
        keyword.arg.iter_mut().for_each(rename);
        transformer::walk_keyword(self, keyword);
    }

    fn visit_alias(&self, alias: &mut Alias) {
        rename(&mut alias.name);
        alias.asname.iter_mut().for_each(rename);
    }

    fn visit_except_handler(&self, handler: &mut ExceptHandler) {
        let ExceptHandler::ExceptHandler(except) = handler;
        except.name.iter_mut().for_each(rename);
        transformer::walk_except_handler(self, handler);
    }
}

/// What is written between quotes; none if a number in it is no byte.
fn value(written: &str, raw: bool) -> Option<String> {
    let mut out = String::with_capacity(written.len());
    let mut rest = written.chars();
    while let Some(c) = rest.next() {
        if c == '\\' && !raw {
            out.extend(escape(&mut rest)?.map(char::from));
        } else {
            out.extend(characters(c.encode_utf8(&mut [0; 4])));
        }
    }
    Some(out)
}

/// The bytes of an escape, behind its backslash. The parser has seen that it is well formed.
fn escape(rest: &mut Chars) -> Option<impl Iterator<Item = u8>> {
    let before = rest.clone();
    let c = rest.next()?;
    let byte = match c {
        '\n' => return Some(Vec::new().into_iter()),
        '\\' | '\'' | '"' => c as u8,
        'a' => 7,
        'b' => 8,
        'f' => 12,
        'n' => b'\n',
        'r' => b'\r',
        't' => b'\t',
        'v' => 11,
        'x' => digits(rest, 2, 16)?,
        'u' => digits(rest, 4, 16)?,
        'U' => digits(rest, 8, 16)?,
        '0'..='7' => {
            *rest = before;
            digits(rest, 3, 8)?
        }
        c => return Some(format!("\\{c}").into_bytes().into_iter()),
    };
    Some(vec![byte].into_iter())
}

/// A number of at most so many digits, if it is a byte.
fn digits(rest: &mut Chars, most: usize, base: u32) -> Option<u8> {
    let mut number = 0;
    for _ in 0..most {
        let Some(digit) = rest.clone().next().and_then(|c| c.to_digit(base)) else { break };
        rest.next();
        number = number * base + digit;
    }
    u8::try_from(number).ok()
}

#[cfg(test)]
mod tests {
    use super::{counts_by_threes, value};

    #[test]
    fn thirds_of_a_length_are_characters() {
        for source in ["n = len(s) / 3", "for i in range(len(s)//3):", "x\ny = int(len(a[0])/3)", "int((len(s)) / 3)"] {
            assert!(counts_by_threes(source), "{source}");
        }
        for source in
            ["len(s) / 30", "len(s) / 2", "# len(s) / 3", "len(s) + 3", "len(s) / 3.5", "len(s", "length(s) * 3"]
        {
            assert!(!counts_by_threes(source), "{source}");
        }
    }

    #[test]
    fn literals_are_bytes() {
        for (written, raw, expected) in [
            ("é", false, Some("\u{c3}\u{a9}")),
            ("é\\xe9\\351\\n\\q\\'", false, Some("\u{c3}\u{a9}\u{e9}\u{e9}\n\\q'")),
            ("é\\xe9", true, Some("\u{c3}\u{a9}\\xe9")),
            ("\\u00e9\\U000000e9\\0\\08", false, Some("\u{e9}\u{e9}\0\0\u{38}")),
            ("a\\\nb", false, Some("ab")),
            ("\\u4e2d", false, None),
            ("\\777", false, None),
        ] {
            assert_eq!(value(written, raw).as_deref(), expected, "{written}");
        }
    }
}
