//! What is changed in a tree before code is generated from it: operations that the generator would fold wrongly
//! (`folding`), long displays (`displays`), and constants where there are very many (`constants`).

use super::constants::{self, Hidden};
use super::folding::{self, Operand};
use super::level::Level;
use super::{comprehensions, displays, formatted, statements};
use ruff_source_file::SourceFile;
use ruff_text_size::Ranged;
use rustpython_vm::bytecode::ConstantData;
use rustpython_vm::compiler::ast::visitor::transformer::{self, Transformer};
use rustpython_vm::compiler::ast::{self, Expr, Stmt};
use std::cell::Cell;

/// Literals from which on each is hidden: the generator compares each with all before it.
const CROWD: usize = 4096;

/// Rewrites one part of a module after the other.
pub struct Rewriter<'a> {
    pub hidden: Hidden,
    file: &'a SourceFile,
    crowded: bool,
    level: Level,
    open: comprehensions::Open,
    /// What the expression is that was visited last.
    last: Cell<Operand>,
}

impl<'a> Rewriter<'a> {
    /// For a source with so many literals.
    pub fn new(file: &'a SourceFile, literals: usize, level: Level) -> Self {
        Self {
            hidden: Hidden::default(),
            file,
            crowded: literals > CROWD,
            level,
            open: comprehensions::Open::default(),
            last: Cell::new(Operand::Unknown),
        }
    }

    /// Rewrites an expression; tells what it may be when the generator folds.
    fn operand(&self, expr: &mut Expr) -> Operand {
        self.visit_expr(expr);
        self.last.get()
    }

    fn rewritten(&self, expr: &mut Expr) -> Operand {
        if let Expr::FString(string) = expr
            && let Some(call) = formatted::call(string, &self.hidden)
        {
            *expr = call;
        }
        if self.open.enter(expr) {
            transformer::walk_expr(self, expr);
            self.open.leave();
            return Operand::Unknown;
        }
        if displays::shorten(expr, &self.hidden, self.file) {
            transformer::walk_expr(self, expr);
            return Operand::Unknown;
        }
        if self.crowded && self.hide_in_crowd(expr) {
            return Operand::Unknown;
        }
        if let Some(literal) = folding::literal(expr) {
            return literal;
        }
        match expr {
            Expr::BinOp(operation) => self.binary(operation),
            Expr::UnaryOp(operation) => folding::unary(operation.op, self.operand(&mut operation.operand)),
            Expr::Subscript(subscript) => self.subscript(subscript),
            Expr::BoolOp(operation) => {
                operation.values.iter_mut().fold(Operand::Unknown, |all, value| all.or(self.operand(value)))
            }
            Expr::If(choice) => {
                self.visit_expr(&mut choice.test);
                self.operand(&mut choice.body).or(self.operand(&mut choice.orelse))
            }
            Expr::Named(named) => {
                self.open.rename(named);
                self.operand(&mut named.value)
            }
            Expr::Tuple(tuple) => {
                let constant =
                    tuple.elts.iter_mut().map(|e| self.operand(e).is_constant()).fold(true, |all, one| all & one);
                if constant && tuple.ctx.is_load() { Operand::Tuple(tuple.elts.len()) } else { Operand::Unknown }
            }
            Expr::FString(string) => {
                let plain = string.value.elements().all(|element| element.is_literal());
                transformer::walk_expr(self, expr);
                if plain { Operand::Other } else { Operand::Unknown }
            }
            Expr::Name(name) if name.id.as_str() == "__debug__" && name.ctx.is_load() => {
                *expr = statements::truth(self.level.debugs(), expr.range());
                Operand::Int(1)
            }
            _ => {
                transformer::walk_expr(self, expr);
                Operand::Unknown
            }
        }
    }

    fn binary(&self, operation: &mut ast::ExprBinOp) -> Operand {
        let (left, right) = (self.operand(&mut operation.left), self.operand(&mut operation.right));
        if !left.is_constant() || !right.is_constant() {
            return Operand::Unknown;
        }
        if let Some(result) = folding::binary(operation.op, left, &operation.right, right) {
            return result;
        }
        self.keep_apart(&mut operation.left, &mut operation.right);
        Operand::Unknown
    }

    fn subscript(&self, subscript: &mut ast::ExprSubscript) -> Operand {
        let value = self.operand(&mut subscript.value);
        let index = match &mut *subscript.slice {
            Expr::Slice(slice) => {
                let bounds = [&mut slice.lower, &mut slice.upper, &mut slice.step];
                bounds.into_iter().flatten().all(|bound| self.operand(bound).is_constant())
            }
            index => self.operand(index).is_constant(),
        };
        if value.is_constant() && index && subscript.ctx.is_load() {
            self.keep_apart(&mut subscript.value, &mut subscript.slice);
        }
        Operand::Unknown
    }

    /// Keeps the generator from folding an operation.
    fn keep_apart(&self, left: &mut Expr, right: &mut Expr) {
        if !constants::hide(left, &self.hidden, self.file) && !constants::hide(right, &self.hidden, self.file) {
            folding::veil(left, left.range());
        }
    }

    /// Hides a constant that counts as true: what the generator knows of a placeholder is that it does.
    fn hide_in_crowd(&self, expr: &mut Expr) -> bool {
        let Some(value) = constants::value(expr, self.file) else { return false };
        let worth = !matches!(value, ConstantData::None | ConstantData::Boolean { .. } | ConstantData::Ellipsis);
        if worth && value.truthiness() {
            *expr = self.hidden.expression(value, expr.range());
        }
        worth && matches!(expr, Expr::Constant(_))
    }
}

impl Transformer for Rewriter<'_> {
    fn visit_stmt(&self, stmt: &mut Stmt) {
        statements::drop_annotations(stmt);
        if !self.level.debugs() {
            statements::drop_assertion(stmt);
        }
        // A text that stands alone is not worth a look.
        if !matches!(stmt, Stmt::Expr(statement) if statement.value.is_literal_expr()) {
            transformer::walk_stmt(self, stmt);
        }
        statements::look_before_delete(stmt);
    }

    fn visit_expr(&self, expr: &mut Expr) {
        let operand = self.rewritten(expr);
        self.last.set(operand);
    }
}
