//! What the parser takes and MicroPython's does not: such source is refused here as it is on the module, where it
//! would otherwise be found out late. Nesting has been bounded before (`nesting`).

use super::refusal::line_of;
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
}

/// What was found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// The line, counted from 1, and the text of the first thing that MicroPython refuses.
    pub refused: Option<(usize, &'static str)>,
    /// Whether a decorator of the compiler's is used.
    pub decorators: bool,
}

/// Looks through the tree of a source.
#[must_use]
pub fn check(tree: &ast::Mod, source: &str, grammar: Grammar) -> Findings {
    let mut checker = Checker { grammar, refused: None, decorators: false };
    match tree {
        ast::Mod::Module(module) => checker.visit_body(&module.body),
        ast::Mod::Expression(expression) => checker.visit_expr(&expression.body),
    }
    let refused = checker.refused.map(|(at, text)| (line_of(source, at), text));
    Findings { refused, decorators: checker.decorators }
}

struct Checker {
    grammar: Grammar,
    /// Where in the source, and what MicroPython says.
    refused: Option<(usize, &'static str)>,
    decorators: bool,
}

const INVALID: &str = "invalid syntax";
const NOT_A_TARGET: &str = "*x must be assignment target";
const MANY_STARS: &str = "can't have multiple *x";
const MANY_DOUBLE_STARS: &str = "can't have multiple **x";
const DECORATOR: &str = "invalid micropython decorator";

impl Checker {
    fn refuse(&mut self, node: &impl Ranged, text: &'static str) {
        self.refused.get_or_insert((node.range().start().to_usize(), text));
    }

    fn elements(&mut self, node: &impl Ranged, elements: &[Expr], text: &'static str) {
        if elements.iter().any(Expr::is_starred_expr) {
            self.refuse(node, text);
        }
    }
}

impl<'a> Visitor<'a> for Checker {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
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
            Expr::Set(set) => self.elements(expr, &set.elts, INVALID),
            Expr::FString(_) if !self.grammar.f_strings => self.refuse(expr, INVALID),
            Expr::TString(_) => self.refuse(expr, INVALID),
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
        if let Expr::Attribute(attribute) = name
            && attribute.value.as_name_expr().is_some_and(|of| of.id.as_str() == "micropython")
        {
            self.decorators = true;
            if !DECORATORS.contains(&attribute.attr.as_str()) {
                self.refuse(decorator, DECORATOR);
            }
        }
        while let Expr::Attribute(attribute) = name {
            name = &attribute.value;
        }
        if !name.is_name_expr() {
            self.refuse(decorator, INVALID);
        }
        visitor::walk_decorator(self, decorator);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustpython_vm::compiler::parser::{Mode, ParseOptions, parse};

    const NEW: Grammar = Grammar { f_strings: true, many_stars: true };
    const OLD: Grammar = Grammar { f_strings: false, many_stars: false };

    fn refused(source: &str, grammar: Grammar) -> Option<(usize, &'static str)> {
        let parsed = parse(source, ParseOptions::from(Mode::Module)).expect(source);
        check(parsed.syntax(), source, grammar).refused
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
            "\nt'{x}'",
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
