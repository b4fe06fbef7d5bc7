//! Where MicroPython's grammar differs from the parser's: source text is rewritten before it is compiled, so that
//! line numbers stay what the author sees.
//!
//! Indentation: a tab reaches to the next multiple of eight columns and may be mixed with blanks
//! (`py/lexer.c`; a published Quectel listing needs it). The parser would refuse the mix. What MicroPython does not
//! know at all is refused in `syntax`.

use crate::names;
use crate::syntax::{self, Grammar};
use quecpy_modules::firmware;
use ruff_source_file::SourceFileBuilder;
use rustpython_vm::builtins::{PyBaseExceptionRef, PyCode};
use rustpython_vm::compiler::{self, CodeObject, CompileError, CompileOpts, Mode, parser};
use rustpython_vm::import::import_builtin;
use rustpython_vm::{AsObject, PyRef, PyResult, VirtualMachine};
use std::borrow::Cow;

/// Width of a tab (`TAB_SIZE` of MicroPython's lexer).
const TAB: usize = 8;

/// Compiles source of the module's dialect.
///
/// # Errors
/// SyntaxError, with the file and line.
pub fn compile(
    source: &str,
    mode: Mode,
    path: &str,
    opts: CompileOpts,
    vm: &VirtualMachine,
) -> Result<PyRef<PyCode>, PyBaseExceptionRef> {
    let source = expand_indentation(source);
    // Not the VM's own method, which looks for reasons to warn: MicroPython does not warn.
    let refused = |e| vm.new_syntax_error(&e, Some(&source));
    let mut code = match mode {
        Mode::Single => compile_shown(&source, path, opts).map_err(refused)?,
        _ => compiler::compile(&source, mode, path, opts).map_err(refused)?,
    };
    let parser_mode = if matches!(mode, Mode::Eval) { parser::Mode::Expression } else { parser::Mode::Module };
    let found = syntax::check(&source, parser_mode, grammar(vm)?);
    if let Some((line, text)) = found.refused {
        return Err(refusal(path, line, text, vm)?);
    }
    if found.decorators {
        // The compiler of a module knows them without an import.
        vm.builtins.dict().set_item("micropython", import_builtin(vm, "micropython")?, vm)?;
    }
    names::unmangle(&mut code);
    Ok(vm.ctx.new_code(code))
}

/// Compiles statements whose values are shown. Python's own prompt takes one at a time; what is pasted into a module's
/// prompt may be many.
fn compile_shown(source: &str, path: &str, opts: CompileOpts) -> Result<CodeObject, CompileError> {
    let whole = compiler::compile(source, Mode::Exec, path, opts.clone())?;
    let Ok(parsed) = parser::parse_module(source) else { return Ok(whole) };
    let file = SourceFileBuilder::new(path, source).finish();
    Ok(compiler::codegen::compile::compile_program_single(parsed.syntax(), file, opts)?)
}

fn grammar(vm: &VirtualMachine) -> PyResult<Grammar> {
    let firmware = firmware::of(vm)?;
    Ok(Grammar { f_strings: firmware.f_strings, many_stars: firmware.many_stars })
}

fn refusal(path: &str, line: usize, text: &'static str, vm: &VirtualMachine) -> PyResult<PyBaseExceptionRef> {
    let error = vm.new_exception_msg(vm.ctx.exceptions.syntax_error.to_owned(), text.into());
    error.as_object().set_attr("filename", vm.ctx.new_str(path), vm)?;
    error.as_object().set_attr("lineno", vm.ctx.new_int(line), vm)?;
    Ok(error)
}

/// Replaces tabs in indentation by blanks. Strings, comments and everything after the first visible character of a
/// line stay untouched; so do lines within brackets or strings, whose indentation means nothing.
#[must_use]
pub fn expand_indentation(source: &str) -> Cow<'_, str> {
    if memchr_tab(source) { Cow::Owned(Expander::new(source).run()) } else { Cow::Borrowed(source) }
}

fn memchr_tab(source: &str) -> bool {
    source.as_bytes().contains(&b'\t')
}

/// Walks source far enough to know which line starts are indentation.
struct Expander<'a> {
    source: &'a str,
    at: usize,
    brackets: usize,
    out: String,
}

impl<'a> Expander<'a> {
    fn new(source: &'a str) -> Self {
        Self { source, at: 0, brackets: 0, out: String::with_capacity(source.len() + source.len() / 4) }
    }

    fn run(mut self) -> String {
        while self.at < self.source.len() {
            self.indentation();
            self.logical_line();
        }
        self.out
    }

    fn peek(&self) -> Option<u8> {
        self.source.as_bytes().get(self.at).copied()
    }

    /// Copies source up to `end`.
    fn copy_to(&mut self, end: usize) {
        let end = end.min(self.source.len());
        self.out.push_str(&self.source[self.at..end]);
        self.at = end;
    }

    fn indentation(&mut self) {
        let mut column = 0;
        loop {
            match self.peek() {
                Some(b' ') => column += 1,
                Some(b'\t') => column = (column / TAB + 1) * TAB,
                // A form feed starts the count anew, as in Python.
                Some(b'\x0c') => column = 0,
                _ => break,
            }
            self.at += 1;
        }
        self.out.extend(std::iter::repeat_n(' ', column));
    }

    /// Copies up to and with the line end that closes a logical line.
    fn logical_line(&mut self) {
        while let Some(b) = self.peek() {
            match b {
                b'\n' => {
                    self.copy_to(self.at + 1);
                    if self.brackets == 0 {
                        return;
                    }
                }
                b'\\' => self.escaped(),
                b'#' => {
                    let rest = &self.source.as_bytes()[self.at..];
                    let length = rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len());
                    self.copy_to(self.at + length);
                }
                b'\'' | b'"' => self.string(b),
                b'(' | b'[' | b'{' => {
                    self.brackets += 1;
                    self.copy_to(self.at + 1);
                }
                b')' | b']' | b'}' => {
                    self.brackets = self.brackets.saturating_sub(1);
                    self.copy_to(self.at + 1);
                }
                _ => self.copy_to(self.at + char_length(b)),
            }
        }
    }

    /// A backslash and what it escapes; a line end of two characters counts as one.
    fn escaped(&mut self) {
        self.copy_to(self.at + 1);
        match self.peek() {
            Some(b'\r') if self.source.as_bytes().get(self.at + 1) == Some(&b'\n') => self.copy_to(self.at + 2),
            Some(b) => self.copy_to(self.at + char_length(b)),
            None => {}
        }
    }

    fn string(&mut self, quote: u8) {
        let triple = self.source.as_bytes()[self.at..].starts_with(&[quote; 3]);
        let quotes = if triple { 3 } else { 1 };
        self.copy_to(self.at + quotes);
        while let Some(b) = self.peek() {
            match b {
                b'\\' => self.escaped(),
                // An unclosed string is the parser's to report.
                b'\n' if !triple => return,
                b if b == quote && self.source.as_bytes()[self.at..].starts_with(&[quote; 3][..quotes]) => {
                    return self.copy_to(self.at + quotes);
                }
                b => self.copy_to(self.at + char_length(b)),
            }
        }
    }
}

/// Bytes of the UTF-8 character that starts with `first`.
fn char_length(first: u8) -> usize {
    match first {
        0..=0xbf => 1,
        0xc0..=0xdf => 2,
        0xe0..=0xef => 3,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_reach_to_the_next_multiple_of_eight() {
        let source = "if x:\n\ta\n        b\n    \tc\n";
        assert_eq!(expand_indentation(source), "if x:\n        a\n        b\n        c\n");
    }

    #[test]
    fn strings_comments_and_brackets_keep_their_tabs() {
        for kept in [
            "x = '\t'\n",
            "x = 1\t# a\tb\n",
            "x = '''\n\ty\n'''\n",
            "x = (\n\t1,\n\t2)\n",
            "x = \"\"\"a\n\t\"b\\\"\"\"\"\n",
            "x = 1 + \\\n\t2\n",
        ] {
            assert_eq!(expand_indentation(kept), kept);
        }
    }

    #[test]
    fn lines_stay_where_they_are() {
        let source = "def f():\n\tif 1:\n\t\treturn '''\n\t'''\n\r\n\t# 中文\t\n\tx = {\n\t}\n";
        let expanded = expand_indentation(source);
        assert_eq!(expanded.lines().count(), source.lines().count());
        assert!(expanded.contains("\n        # 中文\t\n"));
    }

    #[test]
    fn unclosed_things_end() {
        for bad in ["\t'", "\t'''", "\t(", "\t\\", "\t'\\", "\t\"a\n\tb"] {
            let _ = expand_indentation(bad);
        }
    }
}
