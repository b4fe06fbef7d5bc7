//! `wakeup`: lines that wake a sleeping module.

pub(crate) use wakeup::module_def as definition;

#[rustpython_vm::pymodule]
mod wakeup {
    use crate::bridge::values::status;
    use crate::bridge::{callbacks, session};
    use quecpy_device::Source;
    use quecpy_device::services::wakeup::{Edge, LINES, Line};
    use rustpython_vm::builtins::PyType;
    use rustpython_vm::function::OptionalArg;
    use rustpython_vm::types::Constructor;
    use rustpython_vm::{Context, Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};

    const CONSTANTS: [(&str, i32); 11] = [
        ("WAKEUP0", 0),
        ("WAKEUP2", 2),
        ("WAKEUP3", 3),
        ("WAKEUP4", 4),
        ("WAKEUP5", 5),
        ("PULL_DISABLE", 0),
        ("PULL_PU", 1),
        ("PULL_PD", 2),
        ("IRQ_RISING", 0),
        ("IRQ_FALLING", 1),
        ("IRQ_RISING_FALLING", 2),
    ];

    /// One line.
    #[pyattr]
    #[pyclass(module = "wakeup", name = "WakeUp")]
    #[derive(Debug, PyPayload)]
    struct WakeUp {
        number: u8,
        edge: Edge,
    }

    impl Constructor for WakeUp {
        type Args = (i64, i64, OptionalArg<i64>);

        fn py_new(_cls: &Py<PyType>, (number, pull, edge): Self::Args, vm: &VirtualMachine) -> PyResult<Self> {
            let number = u8::try_from(number).ok().filter(|number| LINES.contains(number));
            let number = number.ok_or_else(|| vm.new_value_error("invalid wakeup id"))?;
            if !(0..=2).contains(&pull) {
                return Err(vm.new_value_error("invalid pull value"));
            }
            let edge = Edge::from_number(edge.unwrap_or(Edge::Both as i64));
            let edge = edge.ok_or_else(|| vm.new_value_error("invalid edge value"))?;
            // A pull-up alone makes the line high.
            let line = Line { high: pull == 1, edge, enabled: false };
            session::of(vm)?.services.wakeup.lock().insert(number, line);
            Ok(Self { number, edge })
        }
    }

    impl WakeUp {
        /// False after `deinit()`.
        fn enabled(&self, enabled: bool, vm: &VirtualMachine) -> PyResult<bool> {
            let board = session::of(vm)?;
            let mut lines = board.services.wakeup.lock();
            let line = lines.get_mut(&self.number).map(|line| {
                line.enabled = enabled;
                line.edge = self.edge;
            });
            Ok(line.is_some())
        }
    }

    #[pyclass(with(Constructor))]
    impl WakeUp {
        #[extend_class]
        fn extend_with_constants(ctx: &Context, class: &'static Py<PyType>) {
            for (name, value) in CONSTANTS {
                class.set_attr(ctx.intern_str(name), ctx.new_int(value).into());
            }
        }

        #[pymethod]
        fn enable(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<i64> {
            zelf.enabled(true, vm).map(status)
        }

        #[pymethod]
        fn disable(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<i64> {
            zelf.enabled(false, vm).map(status)
        }

        #[pymethod]
        fn read(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<i64> {
            let board = session::of(vm)?;
            let high = board.services.wakeup.lock().get(&zelf.number).is_some_and(|line| line.high);
            Ok(high.into())
        }

        #[pymethod]
        fn deinit(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<i64> {
            let board = session::of(vm)?;
            let gone = board.services.wakeup.lock().remove(&zelf.number);
            Ok(status(gone.is_some()))
        }

        #[pymethod]
        fn set_callback(zelf: &Py<Self>, callable: PyObjectRef, vm: &VirtualMachine) -> PyResult<i64> {
            callbacks::set(Source::WakeUp(zelf.number), callable, vm).map(|()| 0)
        }
    }
}
