//! What is changed in finished code.

use ruff_source_file::OneIndexed;
use rustpython_vm::bytecode::{CodeObject, ConstantData};

/// All of it is at the first line, as code that was compiled at `opt_level(3)`.
pub fn without_lines(code: &mut CodeObject) {
    for (start, end) in &mut code.locations {
        for location in [start, end] {
            location.line = OneIndexed::MIN;
        }
    }
    inner(code, without_lines);
}

fn inner(code: &mut CodeObject, act: fn(&mut CodeObject)) {
    for constant in code.constants.iter_mut() {
        if let ConstantData::Code { code } = constant {
            act(code);
        }
    }
}
