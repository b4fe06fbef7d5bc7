//! `X = const(5)`: the compiler itself knows `const` (`py/parse.c`). From there on the name stands for its value, wherever
//! in the source; one that begins with `_` is no variable at all. What is not a constant is refused, and so is putting
//! anything else into the name.

use super::refusal::{ASSIGN, DELETE};
use ruff_text_size::Ranged;
use rustpython_vm::compiler::ast::visitor::transformer::{self, Transformer};
use rustpython_vm::compiler::ast::{
    self, AtomicNodeIndex, BoolOp, Expr, ExprContext, Int, Number, Operator, Stmt, StmtPass, UnaryOp,
};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

const NOT_CONSTANT: &str = "not a constant";
/// Built-in modules whose constants the compiler knows.
const MODULES: [&str; 4] = ["errno", "math", "uctypes", "uerrno"];

/// What a constant is as far as the compiler calculates with it.
#[derive(Clone, Copy)]
enum Worth {
    /// None: larger than what is calculated here, and then nothing is refused.
    Int(Option<i128>),
    Float,
    Other,
}

/// Replaces the names of constants in a source.
#[derive(Default)]
struct Declared {
    values: RefCell<HashMap<String, Expr>>,
    refused: Cell<Option<(usize, &'static str)>>,
}

/// Puts the values in place.
///
/// # Errors
/// Where a constant is none, or gets another value, and what MicroPython says.
pub fn replace(tree: &mut ast::Mod, source: &str) -> Result<(), (usize, &'static str)> {
    let ast::Mod::Module(module) = tree else { return Ok(()) };
    // Most sources have none.
    if memchr::memmem::find(source.as_bytes(), b"const(").is_none() {
        return Ok(());
    }
    let declared = Declared::default();
    declared.visit_body(&mut module.body);
    declared.refused.get().map_or(Ok(()), Err)
}

impl Declared {
    fn refuse(&self, node: &impl Ranged, text: &'static str) {
        if self.refused.get().is_none() {
            self.refused.set(Some((node.range().start().to_usize(), text)));
        }
    }

    /// The name that a statement declares, and of what.
    fn declaration<'a>(&self, stmt: &'a mut Stmt) -> Option<(String, &'a mut [Expr])> {
        let Stmt::Assign(assign) = stmt else { return None };
        let [Expr::Name(name)] = assign.targets.as_slice() else { return None };
        let name = name.id.to_string();
        let Expr::Call(call) = &mut *assign.value else { return None };
        let declares = call.func.as_name_expr().is_some_and(|of| of.id.as_str() == "const");
        (declares && call.arguments.keywords.is_empty()).then_some((name, &mut *call.arguments.args))
    }
}

impl Transformer for Declared {
    fn visit_stmt(&self, stmt: &mut Stmt) {
        let range = stmt.range();
        let Some((name, of)) = self.declaration(stmt) else { return transformer::walk_stmt(self, stmt) };
        let [value] = of else { return self.refuse(&range, NOT_CONSTANT) };
        self.visit_expr(value);
        if self.values.borrow().contains_key(&name) {
            return self.refuse(&range, ASSIGN);
        }
        if worth(value).is_none() {
            return self.refuse(value, NOT_CONSTANT);
        }
        let value = value.clone();
        if name.starts_with('_') {
            *stmt = Stmt::Pass(StmtPass { node_index: AtomicNodeIndex::NONE, range });
        } else if let Stmt::Assign(assign) = stmt {
            *assign.value = value.clone();
        }
        self.values.borrow_mut().insert(name, value);
    }

    fn visit_expr(&self, expr: &mut Expr) {
        if let Expr::Name(name) = expr
            && let Some(value) = self.values.borrow().get(name.id.as_str())
        {
            match name.ctx {
                ExprContext::Load => *expr = value.clone(),
                ExprContext::Del => self.refuse(expr, DELETE),
                _ => self.refuse(expr, ASSIGN),
            }
            return;
        }
        transformer::walk_expr(self, expr);
    }
}

/// What an expression is worth, if it is a constant.
fn worth(expr: &Expr) -> Option<Worth> {
    Some(match expr {
        Expr::NumberLiteral(literal) => match &literal.value {
            Number::Int(int) => Worth::Int(int_value(int)),
            _ => Worth::Float,
        },
        Expr::StringLiteral(_)
        | Expr::BytesLiteral(_)
        | Expr::BooleanLiteral(_)
        | Expr::NoneLiteral(_)
        | Expr::EllipsisLiteral(_) => Worth::Other,
        Expr::Tuple(tuple) => {
            tuple.elts.iter().try_for_each(|element| worth(element).map(drop))?;
            Worth::Other
        }
        Expr::UnaryOp(operation) => unary(operation.op, worth(&operation.operand)?)?,
        Expr::BinOp(operation) => binary(operation.op, worth(&operation.left)?, worth(&operation.right)?)?,
        Expr::BoolOp(operation) => chosen(operation)?,
        // The constants of a built-in module, as `uctypes.UINT8`.
        Expr::Attribute(attribute) => {
            let module = attribute.value.as_name_expr()?.id.as_str();
            MODULES.contains(&module).then_some(if module == "math" { Worth::Float } else { Worth::Int(None) })?
        }
        _ => return None,
    })
}

fn int_value(int: &Int) -> Option<i128> {
    int.as_u64().map(i128::from)
}

fn unary(op: UnaryOp, of: Worth) -> Option<Worth> {
    match (op, of) {
        (UnaryOp::Not, _) => Some(Worth::Other),
        (UnaryOp::USub, Worth::Int(n)) => Some(Worth::Int(n.and_then(i128::checked_neg))),
        (UnaryOp::Invert, Worth::Int(n)) => Some(Worth::Int(n.map(|n| !n))),
        (UnaryOp::UAdd, of @ Worth::Int(_)) => Some(of),
        (UnaryOp::USub | UnaryOp::UAdd, Worth::Float) => Some(Worth::Float),
        _ => None,
    }
}

fn chosen(operation: &ast::ExprBoolOp) -> Option<Worth> {
    let mut last = Worth::Other;
    for value in &operation.values {
        last = worth(value)?;
        if let Worth::Int(Some(n)) = last
            && (n != 0) == (operation.op == BoolOp::Or)
        {
            break;
        }
    }
    Some(last)
}

/// What the compiler calculates: integers, but no matrices, no shift to nowhere and nothing by zero.
fn binary(op: Operator, left: Worth, right: Worth) -> Option<Worth> {
    let (Worth::Int(left), Worth::Int(right)) = (left, right) else {
        return (op != Operator::MatMult && ![left, right].iter().any(|of| matches!(of, Worth::Other)))
            .then_some(Worth::Float);
    };
    let impossible = match op {
        Operator::MatMult => true,
        Operator::LShift | Operator::RShift => right.is_some_and(|n| n < 0),
        Operator::FloorDiv | Operator::Mod | Operator::Div => right == Some(0),
        _ => false,
    };
    if impossible {
        return None;
    }
    if op == Operator::Pow && right.is_some_and(|n| n < 0) {
        return Some(Worth::Float);
    }
    let Some((left, right)) = left.zip(right) else { return Some(Worth::Int(None)) };
    let small = || u32::try_from(right).ok();
    Some(Worth::Int(match op {
        Operator::Add => left.checked_add(right),
        Operator::Sub => left.checked_sub(right),
        Operator::Mult => left.checked_mul(right),
        Operator::BitAnd => Some(left & right),
        Operator::BitOr => Some(left | right),
        Operator::BitXor => Some(left ^ right),
        Operator::LShift => small().filter(|n| *n < 64).and_then(|n| left.checked_mul(1 << n)),
        Operator::RShift => Some(left >> small().unwrap_or(127).min(127)),
        Operator::Pow => small().and_then(|n| left.checked_pow(n)),
        Operator::FloorDiv => {
            left.checked_div(right).map(|q| if left % right != 0 && (left < 0) != (right < 0) { q - 1 } else { q })
        }
        Operator::Mod => left.checked_rem(right).map(|r| if r != 0 && (r < 0) != (right < 0) { r + right } else { r }),
        Operator::Div | Operator::MatMult => return Some(Worth::Float),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustpython_vm::compiler::parser::{Mode, ParseOptions, parse};

    fn refused(source: &str) -> Option<&'static str> {
        let mut tree = parse(source, ParseOptions::from(Mode::Module)).expect(source).into_syntax();
        replace(&mut tree, source).err().map(|(_, text)| text)
    }

    #[test]
    fn what_is_no_constant_is_refused() {
        for source in [
            "A = const(x)",
            "A = const(1 @ 2)",
            "A = const(1 << -2)",
            "A = const(1 % 0)",
            "A = const(f())",
            "A = const('a' + 'b')",
        ] {
            assert_eq!(refused(source), Some(NOT_CONSTANT), "{source}");
        }
        for source in ["A = const(1)\nA = const(2)", "A = const(1)\nA = 2"] {
            assert_eq!(refused(source), Some(ASSIGN), "{source}");
        }
        for source in [
            "A = const(1)\nB = const(A + 2)",
            "A = const((1, 'a', b'b', None))",
            "A = const(-(1 << 40))",
            "A = const(errno.EIO)",
        ] {
            assert_eq!(refused(source), None, "{source}");
        }
        assert_eq!(refused("A = const(1)\ndef f(A): pass"), None);
    }
}
