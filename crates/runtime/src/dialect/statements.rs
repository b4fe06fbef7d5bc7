//! Statements that mean less in MicroPython: docstrings are not seen, annotations are not looked at, and a variable that is
//! only annotated is a local one at most (`py/compile.c`).

use ruff_text_size::{Ranged, TextRange};
use rustpython_vm::compiler::ast::{
    self, AtomicNodeIndex, Expr, ExprNoneLiteral, Parameters, Stmt, StmtAssign, StmtPass,
};

/// Takes a docstring out of the body of a module or class.
pub fn drop_docstring(body: &mut [Stmt]) {
    if let Some(first) = body.first_mut()
        && matches!(first, Stmt::Expr(statement) if statement.value.is_string_literal_expr())
    {
        *first = pass(first.range());
    }
}

fn pass(range: TextRange) -> Stmt {
    Stmt::Pass(StmtPass { node_index: AtomicNodeIndex::NONE, range })
}

/// Takes the annotations out of a statement itself.
pub fn drop_annotations(stmt: &mut Stmt) {
    let range = stmt.range();
    match stmt {
        // It makes the variable one of the function's.
        Stmt::AnnAssign(statement) if statement.value.is_none() && statement.target.is_name_expr() => {
            *statement.annotation = Expr::NoneLiteral(ExprNoneLiteral { node_index: AtomicNodeIndex::NONE, range });
        }
        Stmt::AnnAssign(statement) => {
            *stmt = match statement.value.take() {
                Some(value) => Stmt::Assign(StmtAssign {
                    node_index: AtomicNodeIndex::NONE,
                    range,
                    targets: vec![(*statement.target).clone()],
                    value,
                    runtime_targets: None,
                    runtime_type_comment: None,
                    runtime_type_comment_bytes: None,
                }),
                None => pass(range),
            };
        }
        Stmt::FunctionDef(function) => {
            function.returns = None;
            // Its docstring stays: the test runner tells what fixtures are for.
            of_parameters(&mut function.parameters);
        }
        Stmt::ClassDef(class) => drop_docstring(&mut class.body),
        _ => {}
    }
}

fn of_parameters(parameters: &mut Parameters) {
    let plain = parameters.posonlyargs.iter_mut().chain(&mut parameters.args).chain(&mut parameters.kwonlyargs);
    plain.for_each(|parameter| parameter.parameter.annotation = None);
    for rest in [&mut parameters.vararg, &mut parameters.kwarg].into_iter().flatten() {
        rest.annotation = None;
    }
}

/// Whether what is annotated is one of those that Python annotates, or nothing is put into it.
pub fn is_harmless(statement: &ast::StmtAnnAssign) -> bool {
    statement.value.is_none() || matches!(&*statement.target, Expr::Name(_) | Expr::Attribute(_) | Expr::Subscript(_))
}
