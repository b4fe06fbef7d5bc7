//! Constants that the code generator does not see: it finds a placeholder, and the finished code gets the value.
//!
//! Two reasons. The generator folds operations on constants, some of them wrongly (see `folding`); of a placeholder it
//! knows nothing. And it looks through all constants of a piece of code for each that it adds, so that a hundred
//! thousand of them take minutes; a placeholder holds a NaN, and what holds one is never looked for.

use ruff_source_file::SourceFile;
use ruff_text_size::{Ranged, TextRange};
use rustpython_vm::bytecode::{CodeObject, ConstantData};
use rustpython_vm::compiler::ast::{self, AtomicNodeIndex, ConstantValue, Expr, ExprConstant, Number, UnaryOp};
use rustpython_vm::compiler::codegen;
use rustpython_vm::compiler::codegen::compile::ruff_int_to_bigint;
use std::cell::RefCell;

/// A NaN that no arithmetic makes: the rest of its bits spell "quecpy".
const MARK: u64 = 0x7ff8_7175_6563_7079;

/// The values of the placeholders, by number.
#[derive(Debug, Default)]
pub struct Hidden(RefCell<Vec<ConstantData>>);

impl Hidden {
    /// An expression that will be `value`.
    pub fn expression(&self, value: ConstantData, range: TextRange) -> Expr {
        let mut values = self.0.borrow_mut();
        let number = values.len().to_string();
        values.push(value);
        let marked = vec![ConstantValue::Float(f64::from_bits(MARK)), ConstantValue::Integer(number.into())];
        Expr::Constant(ExprConstant {
            node_index: AtomicNodeIndex::NONE,
            range,
            value: ConstantValue::Frozenset(marked),
            kind: None,
            invalid_type: None,
        })
    }

    /// Puts the values in place.
    pub fn reveal(&self, code: &mut CodeObject) {
        let values = self.0.borrow();
        if !values.is_empty() {
            for constant in code.constants.iter_mut() {
                reveal(constant, &values);
            }
        }
    }
}

fn reveal(constant: &mut ConstantData, values: &[ConstantData]) {
    match constant {
        ConstantData::Code { code } => code.constants.iter_mut().for_each(|inner| reveal(inner, values)),
        ConstantData::Frozenset { elements } => match number(elements) {
            Some(number) => {
                if let Some(value) = values.get(number) {
                    *constant = value.clone();
                }
            }
            None => elements.iter_mut().for_each(|inner| reveal(inner, values)),
        },
        ConstantData::Tuple { elements } => elements.iter_mut().for_each(|inner| reveal(inner, values)),
        ConstantData::Slice { elements } => elements.iter_mut().for_each(|inner| reveal(inner, values)),
        _ => {}
    }
}

/// Which placeholder it is.
fn number(elements: &[ConstantData]) -> Option<usize> {
    match elements {
        [ConstantData::Float { value }, ConstantData::Integer { value: number }] if value.to_bits() == MARK => {
            usize::try_from(number).ok()
        }
        _ => None,
    }
}

/// The value of an expression that is written as a constant: a literal, a number with a sign, a tuple of such.
pub fn value(expr: &Expr, file: &SourceFile) -> Option<ConstantData> {
    Some(match expr {
        Expr::NumberLiteral(literal) => number_value(&literal.value)?,
        Expr::UnaryOp(ast::ExprUnaryOp { op: UnaryOp::USub, operand, .. }) => {
            let Expr::NumberLiteral(literal) = &**operand else { return None };
            match number_value(&literal.value)? {
                ConstantData::Integer { value } => ConstantData::Integer { value: -value },
                ConstantData::Float { value } => ConstantData::Float { value: -value },
                _ => return None,
            }
        }
        Expr::StringLiteral(literal) => {
            ConstantData::Str { value: codegen::string_literal_value(file, &literal.value) }
        }
        Expr::BytesLiteral(literal) => ConstantData::Bytes { value: literal.value.bytes().collect() },
        Expr::BooleanLiteral(literal) => ConstantData::Boolean { value: literal.value },
        Expr::NoneLiteral(_) => ConstantData::None,
        Expr::EllipsisLiteral(_) => ConstantData::Ellipsis,
        Expr::Tuple(tuple) if tuple.ctx.is_load() => {
            ConstantData::Tuple { elements: tuple.elts.iter().map(|e| value(e, file)).collect::<Option<_>>()? }
        }
        _ => return None,
    })
}

fn number_value(number: &Number) -> Option<ConstantData> {
    Some(match number {
        Number::Int(int) => ConstantData::Integer { value: ruff_int_to_bigint(int).ok()? },
        Number::Float(value) => ConstantData::Float { value: *value },
        // The VM's own type of complex numbers has no name here.
        Number::Complex { .. } => return None,
    })
}

/// Hides an expression that is written as a constant. False if it is none.
pub fn hide(expr: &mut Expr, hidden: &Hidden, file: &SourceFile) -> bool {
    let Some(value) = value(expr, file) else { return false };
    *expr = hidden.expression(value, expr.range());
    true
}
