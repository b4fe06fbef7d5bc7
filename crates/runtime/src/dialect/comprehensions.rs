//! `:=` within comprehensions: MicroPython refuses one that takes the variable of its own comprehension, and knows nothing of
//! those around it (`py/compile.c`). The code generator refuses both; so the variable gets another name.

use rustpython_vm::compiler::ast::name::Name;
use rustpython_vm::compiler::ast::{Comprehension, Expr, ExprNamed};
use std::cell::RefCell;

/// The variables of the comprehensions that are open, from the outermost on.
#[derive(Debug, Default)]
pub struct Open(RefCell<Vec<Vec<Name>>>);

impl Open {
    /// Enters an expression, if it is a comprehension.
    pub fn enter(&self, expr: &Expr) -> bool {
        let Some(generators) = generators(expr) else { return false };
        let mut names = Vec::new();
        generators.iter().for_each(|generator| collect(&generator.target, &mut names));
        self.0.borrow_mut().push(names);
        true
    }

    pub fn leave(&self) {
        self.0.borrow_mut().pop();
    }

    /// Gives the target of `:=` a name that no script can write if it is a variable of a comprehension further out.
    pub fn rename(&self, named: &mut ExprNamed) {
        let open = self.0.borrow();
        let (Some((own, outer)), Expr::Name(target)) = (open.split_last(), &mut *named.target) else { return };
        if !own.contains(&target.id) && outer.iter().any(|names| names.contains(&target.id)) {
            target.id = Name::new(format!(".{}", target.id));
        }
    }
}

fn generators(expr: &Expr) -> Option<&[Comprehension]> {
    Some(match expr {
        Expr::ListComp(comprehension) => &comprehension.generators,
        Expr::SetComp(comprehension) => &comprehension.generators,
        Expr::DictComp(comprehension) => &comprehension.generators,
        Expr::Generator(comprehension) => &comprehension.generators,
        _ => return None,
    })
}

fn collect(target: &Expr, names: &mut Vec<Name>) {
    match target {
        Expr::Name(name) => names.push(name.id.clone()),
        Expr::Tuple(tuple) => tuple.elts.iter().for_each(|element| collect(element, names)),
        Expr::List(list) => list.elts.iter().for_each(|element| collect(element, names)),
        Expr::Starred(starred) => collect(&starred.value, names),
        _ => {}
    }
}
