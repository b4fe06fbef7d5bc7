//! Where in a script a call was made.

use rustpython_vm::VirtualMachine;

/// The file and line of the script that runs.
pub fn place_of_caller(vm: &VirtualMachine) -> Option<String> {
    let frame = vm.current_frame()?;
    Some(format!("{}:{}", frame.iframe().code().source_path(), frame.lineno()))
}
