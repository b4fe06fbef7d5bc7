//! What the code generator may calculate itself. It folds an operation whose operands are constants, and some of its
//! results are not the VM's: `4.0 // 2` was 0.0 (`float_div_mod` in `rustpython-codegen`'s `ir.rs`). It is let to fold
//! only what is certain and small; a test compares it with the VM for all operators.
//!
//! It does so in the finished code, where it sees what an expression has become: a conditional expression may leave a
//! constant too. So an operand here is what may be a constant then, and of which type.

use ruff_text_size::TextRange;
use rustpython_vm::compiler::ast::{self, AtomicNodeIndex, Expr, ExprContext, Int, Number, Operator, UnaryOp};

/// Bits of an int up to which it is folded.
const MAX_BITS: usize = 4096;
/// Length of a text, bytes or tuple up to which it is folded.
const MAX_LENGTH: usize = 4096;
/// Bits of an int that a float holds.
const BITS_OF_FLOAT: usize = 53;

/// What an operand may be when the generator folds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operand {
    /// Nothing that the generator folds.
    Unknown,
    /// A bool too. With at most so many bits.
    Int(usize),
    Float,
    /// With at most so many characters, bytes, elements.
    Text(usize),
    Bytes(usize),
    Tuple(usize),
    /// A constant that is not to be calculated with.
    Other,
}

impl Operand {
    pub fn is_constant(self) -> bool {
        self != Self::Unknown
    }

    /// One of two.
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unknown, one) | (one, Self::Unknown) => one,
            (Self::Int(a), Self::Int(b)) => Self::Int(a.max(b)),
            (Self::Float, Self::Float) => Self::Float,
            (Self::Text(a), Self::Text(b)) => Self::Text(a.max(b)),
            (Self::Bytes(a), Self::Bytes(b)) => Self::Bytes(a.max(b)),
            (Self::Tuple(a), Self::Tuple(b)) => Self::Tuple(a.max(b)),
            _ => Self::Other,
        }
    }
}

/// What a literal is.
pub fn literal(expr: &Expr) -> Option<Operand> {
    Some(match expr {
        Expr::NumberLiteral(number) => match &number.value {
            Number::Int(int) => Operand::Int(bits(int)),
            Number::Float(_) => Operand::Float,
            Number::Complex { .. } => Operand::Other,
        },
        Expr::StringLiteral(text) => Operand::Text(text.value.len()),
        Expr::BytesLiteral(bytes) => Operand::Bytes(bytes.value.len()),
        Expr::BooleanLiteral(_) => Operand::Int(1),
        Expr::NoneLiteral(_) | Expr::EllipsisLiteral(_) | Expr::Constant(_) => Operand::Other,
        _ => return None,
    })
}

/// At most so many bits.
fn bits(int: &Int) -> usize {
    // A digit has at most four.
    int.as_u64().map_or_else(|| int.to_string().len() * 4, |small| (u64::BITS - small.leading_zeros()) as usize)
}

/// What the generator makes of an operation that it is let to fold; None if it must not.
pub fn binary(op: Operator, left: Operand, right: &Expr, right_is: Operand) -> Option<Operand> {
    use Operand::{Bytes, Float, Int, Text, Tuple};
    let result = match (op, left, right_is) {
        // Two bools perhaps, of which the generator makes a bool.
        (Operator::BitAnd | Operator::BitOr | Operator::BitXor, Int(1), Int(1)) => return None,
        (Operator::Add | Operator::Sub, Int(a), Int(b)) => Int(a.max(b) + 1),
        (Operator::Mult, Int(a), Int(b)) => Int(a + b),
        (Operator::FloorDiv | Operator::Mod | Operator::BitAnd, Int(a), Int(b)) => Int(a.max(b) + 1),
        (Operator::BitOr | Operator::BitXor, Int(a), Int(b)) => Int(a.max(b) + 1),
        (Operator::RShift, Int(a), Int(_)) => Int(a + 1),
        // The generator has limits of its own here: 128 bits.
        (Operator::LShift, Int(a), Int(_)) => Int(a + 128),
        // A negative exponent makes a float.
        (Operator::Pow, Int(a), Int(_)) if is_natural(right) => Int(a + 128),
        (Operator::Add | Operator::Sub | Operator::Mult, Float, Float) => Float,
        (Operator::Add | Operator::Sub | Operator::Mult, Float, Int(bits))
        | (Operator::Add | Operator::Sub | Operator::Mult, Int(bits), Float)
            if bits <= BITS_OF_FLOAT =>
        {
            Float
        }
        (Operator::Add, Text(a), Text(b)) => Text(a + b),
        (Operator::Add, Bytes(a), Bytes(b)) => Bytes(a + b),
        (Operator::Add, Tuple(a), Tuple(b)) => Tuple(a + b),
        (Operator::Mult, Text(_), Int(_)) | (Operator::Mult, Int(_), Text(_)) => Text(MAX_LENGTH),
        (Operator::Mult, Bytes(_), Int(_)) | (Operator::Mult, Int(_), Bytes(_)) => Bytes(MAX_LENGTH),
        (Operator::Mult, Tuple(_), Int(_)) | (Operator::Mult, Int(_), Tuple(_)) => Tuple(MAX_LENGTH),
        _ => return None,
    };
    let small = match result {
        Int(bits) => bits <= MAX_BITS,
        Text(length) | Bytes(length) | Tuple(length) => length <= MAX_LENGTH,
        _ => true,
    };
    small.then_some(result)
}

fn is_natural(expr: &Expr) -> bool {
    matches!(expr, Expr::NumberLiteral(number) if number.value.is_int())
}

/// What the generator makes of an operation on one operand, all of which it folds as the VM does.
pub fn unary(op: UnaryOp, operand: Operand) -> Operand {
    match (op, operand) {
        (_, Operand::Unknown) => Operand::Unknown,
        (UnaryOp::Not, _) => Operand::Int(1),
        (_, Operand::Int(bits)) => Operand::Int(bits + 1),
        (UnaryOp::USub | UnaryOp::UAdd, Operand::Float) => Operand::Float,
        _ => Operand::Other,
    }
}

/// `[expr][0]`: the same value, of which the generator knows nothing.
pub fn veil(expr: &mut Expr, range: TextRange) {
    let index = Expr::NumberLiteral(ast::ExprNumberLiteral {
        node_index: AtomicNodeIndex::NONE,
        range,
        value: Number::Int(Int::ZERO),
    });
    let pass = Expr::NoneLiteral(ast::ExprNoneLiteral { node_index: AtomicNodeIndex::NONE, range });
    let value = std::mem::replace(expr, pass);
    let list = Expr::List(ast::ExprList {
        node_index: AtomicNodeIndex::NONE,
        range,
        elts: vec![value],
        ctx: ExprContext::Load,
        runtime_elts: None,
    });
    *expr = Expr::Subscript(ast::ExprSubscript {
        node_index: AtomicNodeIndex::NONE,
        range,
        value: Box::new(list),
        slice: Box::new(index),
        ctx: ExprContext::Load,
    });
}
