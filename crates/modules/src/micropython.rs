//! `micropython`: what scripts use of it.

pub(crate) use micropython::module_def as definition;

#[rustpython_vm::pymodule]
mod micropython {
    use rustpython_vm::PyObjectRef;

    /// A constant is its value; the compiler of a module folds it, this one need not.
    #[pyfunction(name = "const")]
    fn constant(value: PyObjectRef) -> PyObjectRef {
        value
    }

    /// Machine code is for speed only: the function as it is does the same.
    #[pyfunction(name = "native")]
    #[pyfunction(name = "viper")]
    #[pyfunction]
    fn bytecode(function: PyObjectRef) -> PyObjectRef {
        function
    }
}
