//! What the module needs from its embedder: the stack its sockets live in, and the firmware column.

use crate::barrier::Fault;
use crate::semantics::{DOCUMENTED, Semantics, Strings};
use quecpy_net::{Stack, StackOptions};
use rustpython_vm::builtins::PyBaseExceptionRef;
use rustpython_vm::{PyPayload, PyRef, PyResult, VirtualMachine, pyclass};
use std::sync::{Arc, OnceLock};

/// Where the VM keeps it.
const KEY: &str = "_usocket_environment";

/// Shows the traceback of an exception that nobody catches, as in a callback.
pub type Report = fn(&VirtualMachine, &PyBaseExceptionRef);

/// Takes the fault that ended a thread of the script. Called on that thread, in the VM.
pub type OnFault = Arc<dyn Fn(Fault) + Send + Sync>;

/// What one VM's sockets share. Install it before the first import; without, a script gets the real internet,
/// loopback listeners and the documented behaviour.
#[pyclass(module = "usocket", name = "_environment")]
#[derive(PyPayload)]
pub struct Environment {
    /// The network that the VM's sockets live in.
    pub stack: Arc<Stack>,
    /// The firmware column.
    pub semantics: Semantics,
    /// Shows exceptions that nobody catches.
    pub report: Report,
    /// Takes faults of this program that end a thread of the script.
    pub on_fault: OnFault,
    /// What the column leaves open ([`Strings::Both`]), once it is decided.
    decided: OnceLock<Strings>,
}

impl std::fmt::Debug for Environment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Environment").field("semantics", &self.semantics.name).finish_non_exhaustive()
    }
}

#[pyclass]
impl Environment {
    /// An environment that shows exceptions as the VM does.
    #[must_use]
    pub fn new(stack: Arc<Stack>, semantics: Semantics) -> Self {
        // For embedders as for any thread of theirs: Rust's hook has told of it.
        let on_fault: OnFault = Arc::new(|_| ());
        Self { stack, semantics, report: |vm, e| vm.print_exception(e), on_fault, decided: OnceLock::new() }
    }

    /// What a `str` is.
    #[must_use]
    pub fn strings(&self) -> Strings {
        self.decided.get().copied().unwrap_or(self.semantics.strings)
    }

    /// Decides, where the column leaves it open and nothing has decided yet, whether a `str` is bytes.
    pub fn decide_strings(&self, are_bytes: impl FnOnce() -> bool) {
        if self.semantics.strings == Strings::Both {
            self.decided.get_or_init(|| if are_bytes() { Strings::Bytes } else { Strings::Both });
        }
    }

    /// Puts it into the VM.
    ///
    /// # Errors
    /// What setting an attribute of `sys` raises.
    pub fn install(self, vm: &VirtualMachine) -> PyResult<PyRef<Self>> {
        use rustpython_vm::class::PyClassImpl;
        // The type of a class that no script ever names must be made by hand.
        let _ = Self::make_static_type();
        let environment = self.into_ref(&vm.ctx);
        vm.sys_module.set_attr(KEY, environment.clone(), vm)?;
        Ok(environment)
    }

    /// The VM's own, made with the defaults if the embedder installed none.
    ///
    /// # Errors
    /// TypeError if a script has replaced it.
    pub fn of(vm: &VirtualMachine) -> PyResult<PyRef<Self>> {
        match vm.sys_module.get_attr(KEY, vm) {
            Ok(found) => found.downcast().map_err(|_| vm.new_type_error("usocket's environment was replaced")),
            Err(_) => Self::new(Stack::new(StackOptions::default()), DOCUMENTED).install(vm),
        }
    }
}
