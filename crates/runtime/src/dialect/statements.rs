//! Statements that mean less in MicroPython: docstrings are not seen, annotations are not looked at, and a variable that is
//! only annotated is a local one at most (`py/compile.c`).

use ruff_text_size::{Ranged, TextRange};
use rustpython_vm::compiler::ast::{
    self, AtomicNodeIndex, Expr, ExprBooleanLiteral, ExprContext, ExprNoneLiteral, ExprTuple, Parameters, Stmt,
    StmtAssign, StmtIf, StmtPass,
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

/// Of code that is compiled without its assertions.
pub fn drop_assertion(stmt: &mut Stmt) {
    if stmt.is_assert_stmt() {
        *stmt = pass(stmt.range());
    }
}

/// `del x` of a variable that inner functions share: the VM's does not say when it has no value. So it is read first.
pub fn look_before_delete(stmt: &mut Stmt) {
    let Stmt::Delete(delete) = &*stmt else { return };
    if !delete.targets.iter().all(Expr::is_name_expr) {
        return;
    }
    let range = stmt.range();
    let read = |target: &Expr| {
        let mut target = target.clone();
        if let Expr::Name(name) = &mut target {
            name.ctx = ExprContext::Load;
        }
        target
    };
    let elts = delete.targets.iter().map(read).collect();
    let node_index = AtomicNodeIndex::NONE;
    let test = ExprTuple {
        node_index: node_index.clone(),
        range,
        elts,
        ctx: ExprContext::Load,
        parenthesized: true,
        runtime_elts: None,
    };
    let test = Box::new(Expr::Tuple(test));
    let body = [stmt.clone()].into_iter().collect();
    *stmt = Stmt::If(StmtIf { node_index, range, test, body, elif_else_clauses: vec![], runtime_body: None });
}

/// `True` or `False`
pub fn truth(value: bool, range: TextRange) -> Expr {
    Expr::BooleanLiteral(ExprBooleanLiteral { node_index: AtomicNodeIndex::NONE, range, value })
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
