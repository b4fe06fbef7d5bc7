//! Long lists, tuples, sets and dicts of constants become one constant each: the generator would write two or three
//! instructions for an element and keep several copies of them, a few kilobytes for a byte of source.

use super::constants::{self, Hidden};
use ruff_source_file::SourceFile;
use ruff_text_size::{Ranged, TextRange};
use rustpython_vm::bytecode::ConstantData;
use rustpython_vm::compiler::ast::{
    self, AtomicNodeIndex, Comprehension, DictItem, Expr, ExprContext, ExprDictComp, ExprName, ExprStarred, ExprTuple,
};

/// Elements up to which the generator's own way is as good (`STACK_USE_GUIDELINE`).
const SHORT: usize = 30;
/// Pairs up to which it is quicker, though longer.
const SHORT_DICT: usize = 256;
/// Constants in a row that are worth a constant of their own.
const RUN: usize = 16;
/// Names that no script can write.
const KEY: &str = ".key";
const VALUE: &str = ".value";

/// Shortens a display. False if it stays as it is.
pub fn shorten(expr: &mut Expr, hidden: &Hidden, file: &SourceFile) -> bool {
    let range = expr.range();
    match expr {
        Expr::Tuple(tuple) if tuple.ctx.is_load() && tuple.elts.len() > SHORT => {
            if let Some(value) = constants::value(expr, file) {
                *expr = hidden.expression(value, range);
                return true;
            }
            let Expr::Tuple(tuple) = expr else { return false };
            gather(&mut tuple.elts, hidden, file)
        }
        Expr::List(list) if list.ctx.is_load() && list.elts.len() > SHORT => gather(&mut list.elts, hidden, file),
        Expr::Set(set) if set.elts.len() > SHORT => gather(&mut set.elts, hidden, file),
        Expr::Dict(dict) if dict.items.len() > SHORT_DICT => {
            let Some(pairs) = dict.items.iter().map(|item| pair(item, file)).collect::<Option<_>>() else {
                return false;
            };
            let pairs = hidden.expression(ConstantData::Tuple { elements: pairs }, range);
            *expr = comprehension(pairs, range);
            true
        }
        _ => false,
    }
}

/// Makes `*(1, 2, ...)` of constants in a row. False if there were too few.
fn gather(elements: &mut Vec<Expr>, hidden: &Hidden, file: &SourceFile) -> bool {
    let values: Vec<_> = elements.iter().map(|element| constants::value(element, file)).collect();
    let mut out = Vec::new();
    let mut run: Vec<(Expr, ConstantData)> = Vec::new();
    let mut gathered = false;
    let mut close = |run: &mut Vec<(Expr, ConstantData)>, out: &mut Vec<Expr>| {
        if run.len() < RUN {
            out.extend(run.drain(..).map(|(expr, _)| expr));
            return;
        }
        gathered = true;
        let range = run[0].0.range();
        let elements = run.drain(..).map(|(_, value)| value).collect();
        out.push(starred(hidden.expression(ConstantData::Tuple { elements }, range), range));
    };
    for (element, value) in elements.drain(..).zip(values) {
        match value {
            Some(value) => run.push((element, value)),
            None => {
                close(&mut run, &mut out);
                out.push(element);
            }
        }
    }
    close(&mut run, &mut out);
    *elements = out;
    gathered
}

fn starred(value: Expr, range: TextRange) -> Expr {
    Expr::Starred(ExprStarred {
        node_index: AtomicNodeIndex::NONE,
        range,
        value: Box::new(value),
        ctx: ExprContext::Load,
    })
}

fn pair(item: &DictItem, file: &SourceFile) -> Option<ConstantData> {
    let key = constants::value(item.key.as_ref()?, file)?;
    let value = constants::value(&item.value, file)?;
    Some(ConstantData::Tuple { elements: vec![key, value] })
}

/// `{key: value for key, value in pairs}`
fn comprehension(pairs: Expr, range: TextRange) -> Expr {
    let name = |id: &'static str, ctx| {
        Expr::Name(ExprName { node_index: AtomicNodeIndex::NONE, range, id: ast::name::Name::new_static(id), ctx })
    };
    let target = Expr::Tuple(ExprTuple {
        node_index: AtomicNodeIndex::NONE,
        range,
        elts: vec![name(KEY, ExprContext::Store), name(VALUE, ExprContext::Store)],
        ctx: ExprContext::Store,
        parenthesized: false,
        runtime_elts: None,
    });
    let each = Comprehension {
        node_index: AtomicNodeIndex::NONE,
        range,
        target,
        iter: pairs,
        ifs: Vec::new(),
        is_async: false,
        runtime_ifs: None,
        runtime_is_async: None,
    };
    Expr::DictComp(ExprDictComp {
        node_index: AtomicNodeIndex::NONE,
        range,
        key: Some(Box::new(name(KEY, ExprContext::Load))),
        value: Box::new(name(VALUE, ExprContext::Load)),
        generators: vec![each],
    })
}
