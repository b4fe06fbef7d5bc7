//! How deep a source nests, and what that costs. The parser grows its own stack; whatever walks its tree after it
//! recurses, and the code generator writes some parts of it more than once.
//!
//! MicroPython raises RuntimeError where its stack is full. Its limit is that of the board; ours is fixed, so that the
//! same source compiles in every thread of every host.

use super::refusal::Refusal;
use ruff_python_ast::token::TokenKind;
use rustpython_vm::compiler::ast::visitor::{self, Visitor};
use rustpython_vm::compiler::ast::{self, Expr, Stmt};
use rustpython_vm::compiler::parser;

/// Expressions and statements within each other. (The VM's own limit on calls; CPython's compiler has it too.)
pub const MAX_DEPTH: usize = 1000;
/// Source up to this size needs no look before it is parsed: it cannot nest deeper than the parser's stack can grow.
const SCAN_FROM: usize = 64 << 10;
/// Nesting that the parser is let to see. It takes about 2 KiB of stack for a level.
const MAX_PARSED: usize = 64 << 10;
/// `elif` in one chain, which the generator compiles within each other.
const MAX_CLAUSES: usize = 200_000;
/// List, set and dict comprehensions within each other: the generator's work doubles with each.
const MAX_COMPREHENSIONS: usize = 10;
/// Nodes that the generator writes again: it has one copy of a `finally` for each way into it.
const MAX_COPIES: usize = 1 << 20;

/// Stack that compiling takes beside nesting.
const STACK: usize = 512 << 10;
/// For a level of nesting. Measured for functions within functions, which take most: 5.4 KiB.
const STACK_OF_LEVEL: usize = 16 << 10;
/// For an `elif`. Measured: 240 bytes.
const STACK_OF_CLAUSE: usize = 1 << 10;
/// For dropping one level of a tree.
const STACK_OF_DROP: usize = 512;

/// What a tree takes to be compiled.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    pub depth: usize,
    pub clauses: usize,
    /// Numbers, texts and bytes.
    pub literals: usize,
}

impl Extent {
    /// Bytes of stack.
    pub fn stack(self) -> usize {
        STACK + self.depth * STACK_OF_LEVEL + self.clauses * STACK_OF_CLAUSE
    }
}

/// Looks through the tokens of a large source.
///
/// # Errors
/// RuntimeError, if the parser would recurse without end.
pub fn scan(source: &str) -> Result<(), Refusal> {
    if source.len() < SCAN_FROM {
        return Ok(());
    }
    let mut lexer = parser::lexer::lex(source, parser::Mode::Module);
    // For each open bracket or block: what may be nested in it so far.
    let mut open = vec![0];
    let mut total = 0;
    loop {
        match lexer.next_token() {
            TokenKind::EndOfFile => return Ok(()),
            kind if opens(kind) => {
                open.push(1);
                total += 1;
            }
            kind if closes(kind) && open.len() > 1 => total -= open.pop().unwrap_or_default(),
            TokenKind::Comma | TokenKind::Newline | TokenKind::Semi => {
                let top = open.last_mut().map(std::mem::take).unwrap_or_default();
                total -= top;
            }
            kind if !is_flat(kind) => {
                if let Some(top) = open.last_mut() {
                    *top += 1;
                    total += 1;
                }
            }
            _ => {}
        }
        if total > MAX_PARSED {
            return Err(Refusal::too_deep());
        }
    }
}

fn opens(kind: TokenKind) -> bool {
    use TokenKind::{FStringStart, Indent, Lbrace, Lpar, Lsqb, TStringStart};
    matches!(kind, Lpar | Lsqb | Lbrace | FStringStart | TStringStart | Indent)
}

fn closes(kind: TokenKind) -> bool {
    use TokenKind::{Dedent, FStringEnd, Rbrace, Rpar, Rsqb, TStringEnd};
    matches!(kind, Rpar | Rsqb | Rbrace | FStringEnd | TStringEnd | Dedent)
}

/// Tokens of which any number stands in one node.
fn is_flat(kind: TokenKind) -> bool {
    use TokenKind::{
        And, Comment, Complex, EqEqual, Equal, FStringMiddle, Float, Global, Greater, GreaterEqual, Import, In, Int,
        Is, Less, LessEqual, Name, NonLogicalNewline, Nonlocal, NotEqual, Or, String, TStringMiddle,
    };
    matches!(
        kind,
        And | Comment
            | Complex
            | EqEqual
            | Equal
            | FStringMiddle
            | Float
            | Global
            | Greater
            | GreaterEqual
            | Import
            | In
            | Int
            | Is
            | Less
            | LessEqual
            | Name
            | NonLogicalNewline
            | Nonlocal
            | NotEqual
            | Or
            | String
            | TStringMiddle
    )
}

/// Measures a tree.
///
/// # Errors
/// RuntimeError or MemoryError, if it is too deep, or too much for the generator.
pub fn measure(tree: &ast::Mod) -> Result<Extent, Refusal> {
    let mut gauge = Gauge { copies: 1, ..Gauge::default() };
    match tree {
        ast::Mod::Module(module) => gauge.visit_body(&module.body),
        ast::Mod::Expression(expression) => gauge.visit_expr(&expression.body),
    }
    match gauge.refused {
        Some(refusal) => Err(refusal),
        None => Ok(gauge.extent),
    }
}

/// Drops a tree of any depth that came out of a source of `length` bytes.
pub fn drop_deep<T>(tree: T, length: usize) {
    let stack = STACK + length.min(MAX_PARSED) * STACK_OF_DROP;
    stacker::maybe_grow(stack, stack, || drop(tree));
}

#[derive(Default)]
struct Gauge {
    depth: usize,
    clauses: usize,
    comprehensions: usize,
    /// How often the generator writes what is visited now.
    copies: usize,
    /// What it writes beyond the first copy.
    copied: usize,
    /// `return`, `break` and `continue` so far, each of which leads through the `finally` around it.
    exits: usize,
    extent: Extent,
    refused: Option<Refusal>,
}

impl Gauge {
    fn descend(&mut self, walk: impl FnOnce(&mut Self)) {
        if self.refused.is_some() {
            return;
        }
        self.copied = self.copied.saturating_add(self.copies - 1);
        if self.depth >= MAX_DEPTH || self.clauses > MAX_CLAUSES || self.comprehensions > MAX_COMPREHENSIONS {
            self.refused = Some(Refusal::too_deep());
        } else if self.copied > MAX_COPIES {
            self.refused = Some(Refusal::too_large());
        } else {
            self.depth += 1;
            self.extent.depth = self.extent.depth.max(self.depth);
            self.extent.clauses = self.extent.clauses.max(self.clauses);
            walk(self);
            self.depth -= 1;
        }
    }

    fn try_statement(&mut self, statement: &ast::StmtTry) {
        let before = self.exits;
        self.visit_body(&statement.body);
        for handler in &statement.handlers {
            self.visit_except_handler(handler);
        }
        self.visit_body(&statement.orelse);
        let copies = self.copies;
        self.copies = copies.saturating_mul(2 + self.exits - before);
        self.visit_body(&statement.finalbody);
        self.copies = copies;
    }
}

impl<'a> Visitor<'a> for Gauge {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        self.descend(|gauge| match stmt {
            Stmt::Try(statement) => gauge.try_statement(statement),
            Stmt::If(statement) => {
                gauge.clauses += statement.elif_else_clauses.len();
                visitor::walk_stmt(gauge, stmt);
                gauge.clauses -= statement.elif_else_clauses.len();
            }
            Stmt::Return(_) | Stmt::Break(_) | Stmt::Continue(_) => {
                gauge.exits = gauge.exits.saturating_add(gauge.copies);
                visitor::walk_stmt(gauge, stmt);
            }
            _ => visitor::walk_stmt(gauge, stmt),
        });
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        let nests = matches!(expr, Expr::ListComp(_) | Expr::SetComp(_) | Expr::DictComp(_));
        self.comprehensions += usize::from(nests);
        self.descend(|gauge| {
            if matches!(expr, Expr::NumberLiteral(_) | Expr::StringLiteral(_) | Expr::BytesLiteral(_)) {
                gauge.extent.literals += 1;
            }
            visitor::walk_expr(gauge, expr);
        });
        self.comprehensions -= usize::from(nests);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::refusal::Kind;
    use rustpython_vm::compiler::parser::{ParseOptions, parse};

    fn measured(source: &str) -> Result<Extent, Kind> {
        scan(source).map_err(|refusal| refusal.kind)?;
        let parsed = parse(source, ParseOptions::from(parser::Mode::Module)).expect(source);
        let result = measure(parsed.syntax()).map_err(|refusal| refusal.kind);
        drop_deep(parsed, source.len());
        result
    }

    #[test]
    fn depth_of_ordinary_source() {
        let extent = measured("if x:\n  pass\nelif f(1):\n  y = 'a'\nelse:\n  pass\n").expect("shallow");
        assert_eq!(extent, Extent { depth: 3, clauses: 2, literals: 2 });
    }

    #[test]
    fn what_nests_too_deep() {
        let unary = |n: usize| format!("x = {}1", "-".repeat(n));
        assert!(measured(&unary(900)).is_ok());
        assert_eq!(measured(&unary(1100)), Err(Kind::Recursion));
        // Small enough for the parser, too deep for a drop on a usual stack.
        assert_eq!(measured(&unary(60_000)), Err(Kind::Recursion));
        assert_eq!(measured(&unary(500_000)), Err(Kind::Recursion));
        assert_eq!(measured(&format!("x = 1{}", " + 1".repeat(300_000))), Err(Kind::Recursion));
        assert_eq!(measured(&format!("x = a{}", ".a".repeat(300_000))), Err(Kind::Recursion));
        assert_eq!(measured(&format!("x = {}1", "f'{".repeat(100_000))), Err(Kind::Recursion));
    }

    #[test]
    fn what_is_long_but_flat() {
        for flat in ["x, ", "x and ", "x < ", "-1, ", "(1, -2), ", "f(a, b=-1), "] {
            let source = format!("y = ({}x)", flat.repeat(100_000));
            assert!(measured(&source).is_ok_and(|e| e.depth < 10), "{flat}");
        }
        assert!(measured(&"x = -1\n".repeat(100_000)).is_ok());
        let chain = format!("if x: pass\n{}", "elif x: pass\n".repeat(50_000));
        assert_eq!(measured(&chain).map(|e| e.clauses), Ok(50_000));
    }

    #[test]
    fn what_the_generator_would_copy_without_end() {
        let nested = |n: usize, open: &str| {
            let blocks: String = (0..n).map(|i| format!("{0}try: pass\n{0}{open}\n", " ".repeat(i))).collect();
            format!("{blocks}{}x = 1\n", " ".repeat(n))
        };
        assert!(measured(&nested(10, "finally:")).is_ok());
        assert_eq!(measured(&nested(19, "finally:")), Err(Kind::Memory));
        assert!(measured(&nested(19, "except:")).is_ok());
        let comprehensions = |n: usize| format!("x = {}y{}", "[".repeat(n), " for y in z]".repeat(n));
        assert!(measured(&comprehensions(8)).is_ok());
        assert_eq!(measured(&comprehensions(12)), Err(Kind::Recursion));
    }
}
