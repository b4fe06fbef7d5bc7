//! What the parser takes and MicroPython's does not: such source is refused here as it is on the module, where it
//! would otherwise be found out late. Nesting has been bounded before (`nesting`).

use super::refusal::{ASSIGN, DELETE, NAMED_CHARACTER};
use super::{lexical, statements};
use ruff_text_size::Ranged;
use rustpython_vm::compiler::ast::visitor::{self, Visitor};
use rustpython_vm::compiler::ast::{self, Expr, ExprContext, Stmt};

/// Decorators that the compiler itself knows; `import micropython` is not needed for them.
const DECORATORS: [&str; 6] = ["asm_thumb", "asm_xtensa", "asm_rv32", "bytecode", "native", "viper"];

/// What a firmware's grammar has beyond Python 3.4's.
#[derive(Debug, Clone, Copy)]
pub struct Grammar {
    pub f_strings: bool,
    /// Two `*x` in one call.
    pub many_stars: bool,
    /// `f(a=1, *x)`
    pub star_after_keyword: bool,
    /// Whether a text holds bytes.
    pub byte_strings: bool,
}

/// What was found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// Where the first thing is that MicroPython refuses, and what it says.
    pub refused: Option<(usize, &'static str)>,
    /// Whether a decorator of the compiler's is used.
    pub decorators: bool,
}

/// Looks through the tree of a source.
#[must_use]
pub fn check(tree: &ast::Mod, source: &str, grammar: Grammar) -> Findings {
    let mut checker = Checker { source, grammar, refused: None, decorators: false };
    match tree {
        ast::Mod::Module(module) => checker.visit_body(&module.body),
        ast::Mod::Expression(expression) => checker.visit_expr(&expression.body),
    }
    Findings { refused: checker.refused, decorators: checker.decorators }
}

struct Checker<'s> {
    source: &'s str,
    grammar: Grammar,
    /// Where in the source, and what MicroPython says.
    refused: Option<(usize, &'static str)>,
    decorators: bool,
}

pub const INVALID: &str = "invalid syntax";
const NOT_A_TARGET: &str = "*x must be assignment target";
const MANY_STARS: &str = "can't have multiple *x";
const MANY_DOUBLE_STARS: &str = "can't have multiple **x";
const DECORATOR: &str = "invalid micropython decorator";
const STAR_AFTER_KEYWORD: &str = "* arg after kwarg";
const TOO_MANY: &str = "too many args";
/// Arguments in front of a `*x`: as many as a small int of a module has bits, less one (`MP_SMALL_INT_BITS`).
const MAX_BEFORE_STAR: usize = 30;

impl Checker<'_> {
    fn text(&self, node: &impl Ranged) -> &str {
        &self.source[node.range()]
    }

    /// `'\N{BULLET}'`
    fn literal(&mut self, literal: &impl Ranged) {
        if lexical::has_named_character(self.text(literal)) {
            self.refuse(literal, NAMED_CHARACTER);
        }
    }

    fn f_string(&mut self, string: &ast::FString) {
        for element in string.elements.interpolations() {
            let start = element.range.start().to_usize() + 1;
            let end = element.expression.range().end().to_usize();
            let ends = start + lexical::expression_end(&self.source[start..]);
            // Behind it there may be the rest of parentheses, and `=`.
            let between =
                self.source.get(end..ends).is_some_and(|rest| !rest.trim_end_matches([')', '=', ' ']).is_empty());
            if element.conversion == ast::ConversionFlag::Ascii || ends < end || between {
                self.refuse_at(ends.max(start), INVALID);
            }
        }
    }

    fn stars(&mut self, arguments: &ast::Arguments) {
        let first_keyword = arguments.keywords.iter().filter(|k| k.arg.is_some()).map(|k| k.range().start()).min();
        for star in arguments.args.iter().filter(|arg| arg.is_starred_expr()) {
            let start = star.range().start();
            if !self.grammar.star_after_keyword && first_keyword.is_some_and(|keyword| keyword < start) {
                self.refuse(star, STAR_AFTER_KEYWORD);
            }
            let before = arguments.args.iter().filter(|arg| arg.range().start() < start).count();
            let before = before + arguments.keywords.iter().filter(|k| k.range().start() < start).count();
            if before >= MAX_BEFORE_STAR {
                self.refuse(star, TOO_MANY);
            }
        }
    }

    fn refuse(&mut self, node: &impl Ranged, text: &'static str) {
        self.refuse_at(node.range().start().to_usize(), text);
    }

    /// The first of a source is told, in whatever order it is looked at.
    fn refuse_at(&mut self, at: usize, text: &'static str) {
        if self.refused.is_none_or(|(before, _)| at < before) {
            self.refused = Some((at, text));
        }
    }

    fn elements(&mut self, node: &impl Ranged, elements: &[Expr], text: &'static str) {
        if elements.iter().any(Expr::is_starred_expr) {
            self.refuse(node, text);
        }
    }
}

impl<'a> Visitor<'a> for Checker<'_> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::AnnAssign(statement) if !statements::is_harmless(statement) => self.refuse(stmt, ASSIGN),
            Stmt::Match(_) | Stmt::TypeAlias(_) => self.refuse(stmt, INVALID),
            Stmt::Try(block) if block.is_star => self.refuse(stmt, INVALID),
            Stmt::FunctionDef(function) if function.type_params.is_some() => self.refuse(stmt, INVALID),
            Stmt::ClassDef(class) if class.type_params.is_some() => self.refuse(stmt, INVALID),
            _ => {}
        }
        visitor::walk_stmt(self, stmt);
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Dict(dict) if dict.items.iter().any(|item| item.key.is_none()) => self.refuse(expr, INVALID),
            Expr::List(list) if list.ctx == ExprContext::Load => self.elements(expr, &list.elts, NOT_A_TARGET),
            Expr::Tuple(tuple) if tuple.ctx == ExprContext::Load => self.elements(expr, &tuple.elts, NOT_A_TARGET),
            Expr::Tuple(tuple) if tuple.ctx == ExprContext::Store && tuple.elts.is_empty() => self.refuse(expr, ASSIGN),
            Expr::Tuple(ast::ExprTuple { ctx: ExprContext::Del, elts, .. })
            | Expr::List(ast::ExprList { ctx: ExprContext::Del, elts, .. })
                if elts.is_empty() =>
            {
                self.refuse(expr, DELETE);
            }
            Expr::Set(set) => self.elements(expr, &set.elts, INVALID),
            Expr::FString(_) if !self.grammar.f_strings => self.refuse(expr, INVALID),
            Expr::TString(_) => self.refuse(expr, INVALID),
            Expr::FString(string) => string.value.f_strings().for_each(|part| self.f_string(part)),
            Expr::NumberLiteral(number) => {
                let rest = &self.source[number.range().end().to_usize()..];
                if let Some(text) = lexical::number_runs_on(self.text(number), rest) {
                    self.refuse(expr, text);
                }
            }
            Expr::StringLiteral(text) => text.value.iter().for_each(|part| self.literal(part)),
            Expr::BytesLiteral(bytes) => bytes.value.iter().for_each(|part| self.literal(part)),
            _ => {}
        }
        visitor::walk_expr(self, expr);
    }

    fn visit_comprehension(&mut self, comprehension: &'a ast::Comprehension) {
        if comprehension.is_async {
            self.refuse(comprehension, INVALID);
        }
        visitor::walk_comprehension(self, comprehension);
    }

    fn visit_arguments(&mut self, arguments: &'a ast::Arguments) {
        if !self.grammar.many_stars {
            if arguments.args.iter().filter(|arg| arg.is_starred_expr()).count() > 1 {
                self.refuse(arguments, MANY_STARS);
            }
            if arguments.keywords.iter().filter(|keyword| keyword.arg.is_none()).count() > 1 {
                self.refuse(arguments, MANY_DOUBLE_STARS);
            }
        } else {
            self.stars(arguments);
        }
        visitor::walk_arguments(self, arguments);
    }

    fn visit_parameters(&mut self, parameters: &'a ast::Parameters) {
        if !parameters.posonlyargs.is_empty() {
            self.refuse(parameters, INVALID);
        }
        visitor::walk_parameters(self, parameters);
    }

    fn visit_decorator(&mut self, decorator: &'a ast::Decorator) {
        let mut name = &decorator.expression;
        if let Expr::Call(call) = name {
            name = &call.func;
        }
        let whole = name;
        while let Expr::Attribute(attribute) = name {
            name = &attribute.value;
        }
        if name.as_name_expr().is_some_and(|of| of.id.as_str() == "micropython") {
            self.decorators = true;
            let known = whole.as_attribute_expr().is_some_and(|attribute| {
                attribute.value.is_name_expr() && DECORATORS.contains(&attribute.attr.as_str())
            });
            if !known {
                self.refuse(decorator, DECORATOR);
            }
        }
        if !name.is_name_expr() {
            self.refuse(decorator, INVALID);
        }
        visitor::walk_decorator(self, decorator);
    }
}

#[cfg(test)]
mod tests {
    use super::super::refusal::line_of;
    use super::*;
    use rustpython_vm::compiler::parser::{Mode, ParseOptions, parse};

    const NEW: Grammar = Grammar { f_strings: true, many_stars: true, star_after_keyword: false, byte_strings: false };
    const OLD: Grammar = Grammar { f_strings: false, many_stars: false, star_after_keyword: true, byte_strings: true };

    fn refused(source: &str, grammar: Grammar) -> Option<(usize, &'static str)> {
        let parsed = parse(source, ParseOptions::from(Mode::Module)).expect(source);
        check(parsed.syntax(), source, grammar).refused.map(|(at, text)| (line_of(source, at), text))
    }

    #[test]
    fn grammar_that_micropython_lacks() {
        for source in [
            "\nx = {**y}",
            "\nx = [*y]",
            "\nx = {*y}",
            "\nx = *y, 1",
            "\ndef f(a, /): pass",
            "\nmatch x:\n  case 1: pass",
            "\ntry:\n  pass\nexcept* E: pass",
            "\nfor x in *a, *b: pass",
            "\ntype X = int",
            "\ndef f[T](): pass",
            "\n@(lambda f: f)\ndef f(): pass",
            "\n@a[0]\ndef f(): pass",
            "\n@micropython.fast\ndef f(): pass",
            "\n@micropython.native.fast\ndef f(): pass",
            "\n() = x",
            "\ndel []",
            "\nt'{x}'",
            "\nf(a=1, *b)",
            "\n1if x else y",
            "\n'\\N{BULLET}'",
            "\nf'{x!a}'",
            "\nf'{len(\":\")}'",
        ] {
            assert_eq!(refused(source, NEW).map(|(line, _)| line), Some(2), "{source}");
        }
    }

    #[test]
    fn grammar_that_it_has() {
        for source in [
            "a, *b = c\n[d, *e] = f\nfor g, *h in i: pass",
            "f(*a, *b, **c, **d)",
            "f'{x!r:>5}'",
            "@a.b.c(1)\n@micropython.viper\ndef f(x: ptr8) -> int: pass",
            "(x := 1)\nasync def f():\n  async with a: pass\n  async for b in c: pass",
            "x: int = 1\nlambda *a, b=1, **c: (yield)",
        ] {
            assert_eq!(refused(source, NEW), None, "{source}");
        }
    }

    #[test]
    fn grammar_of_old_firmware() {
        assert_eq!(refused("x = 1\nprint(f'{x}')", OLD), Some((2, "invalid syntax")));
        assert_eq!(refused("f(*a, *b)", OLD), Some((1, "can't have multiple *x")));
        assert_eq!(refused("'f\"' # f'", OLD), None);
    }
}
