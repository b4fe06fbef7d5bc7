//! Arguments of functions that take any number of them.

use rustpython_vm::function::{ArgumentError, FromArgs, FuncArgs, Param};
use rustpython_vm::{PyObjectRef, VirtualMachine};

/// The positional arguments that are left. The VM's own `PosArgs` takes them from the front one by one, which for a
/// million of them takes minutes.
pub struct Rest(pub Vec<PyObjectRef>);

impl FromArgs for Rest {
    const PARAMS: Option<&'static [Param]> = Some(&[Param::var_positional("args")]);

    fn from_args(_vm: &VirtualMachine, args: &mut FuncArgs) -> Result<Self, ArgumentError> {
        Ok(Self(std::mem::take(&mut args.args)))
    }
}
