//! A long module is compiled in parts, which run one after the other in the same namespace: what the code generator does
//! for a module takes time that grows with the square of its length.

use rustpython_vm::builtins::PyCode;
use rustpython_vm::bytecode::{CodeObject, ConstantData};
use rustpython_vm::compiler::ast::{AtomicNodeIndex, ModModule, Stmt, StmtPass};
use rustpython_vm::scope::Scope;
use rustpython_vm::{PyObjectRef, PyRef, PyResult, VirtualMachine};

/// Statements of a part.
const STATEMENTS: usize = 500;
/// The name of code that is nothing but parts.
const NAME: &str = "<parts>";

/// Splits a module that is longer than two parts.
pub fn split(mut module: ModModule) -> Vec<ModModule> {
    if module.body.len() <= 2 * STATEMENTS {
        return vec![module];
    }
    let mut statements = std::mem::take(&mut module.body).into_iter().peekable();
    let mut parts = Vec::new();
    while let Some(first) = statements.peek() {
        let mut part = module.clone();
        // Only the first statement of a module may be its docstring.
        if !parts.is_empty() && matches!(first, Stmt::Expr(_)) {
            let range = module.range;
            part.body.push(Stmt::Pass(StmtPass { node_index: AtomicNodeIndex::NONE, range }));
        }
        part.body.extend(statements.by_ref().take(STATEMENTS));
        parts.push(part);
    }
    parts
}

/// Makes one of the parts' code.
///
/// # Panics
/// Without parts; [`split`] makes one at least.
pub fn join(mut parts: Vec<CodeObject>) -> CodeObject {
    let mut whole = parts.pop().expect("a module has a part");
    if parts.is_empty() {
        return whole;
    }
    parts.push(whole.clone());
    whole.qualname = NAME.to_owned();
    whole.constants = parts.into_iter().map(|code| ConstantData::Code { code: Box::new(code) }).collect();
    whole
}

/// Runs what [`super::compile`] made.
///
/// # Errors
/// What the code raises.
pub fn run(code: PyRef<PyCode>, scope: Scope, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    if code.qualname.as_str() != NAME {
        return vm.run_code_obj(code, scope);
    }
    let mut result = vm.ctx.none();
    for part in &*code.constants {
        let part: PyObjectRef = part.clone().into();
        let part = part.downcast::<PyCode>().map_err(|_| vm.new_runtime_error("a part is no code"))?;
        result = vm.run_code_obj(part, scope.clone())?;
    }
    Ok(result)
}
