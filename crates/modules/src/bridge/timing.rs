//! What modules written in Python need of time: `_quecpy_time`. Not for scripts.

pub(crate) use timing::module_def as definition;

#[rustpython_vm::pymodule(name = "_quecpy_time")]
mod timing {
    use crate::bridge::error::{environment, raise, waiting};
    use crate::bridge::{callbacks, session};
    use crate::stdlib::semaphore::Turns;
    use quecpy_device::Source;
    use quecpy_net::{Deadline, Error};
    use rustpython_vm::builtins::PyType;
    use rustpython_vm::types::Constructor;
    use rustpython_vm::{Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};
    use std::time::Duration;

    /// Milliseconds since power-on, which never wrap around.
    #[pyfunction]
    fn ms(vm: &VirtualMachine) -> PyResult<u64> {
        let up = session::of(vm)?.clock.read_up();
        Ok(u64::try_from(up.as_millis()).unwrap_or(u64::MAX))
    }

    /// A wait with a time limit that another thread can end, in every firmware.
    #[pyattr]
    #[pyclass(module = "_quecpy_time", name = "Bell")]
    #[derive(Debug, PyPayload)]
    struct Bell {
        turns: Turns,
    }

    impl Constructor for Bell {
        type Args = ();

        fn py_new(_cls: &Py<PyType>, (): (), _vm: &VirtualMachine) -> PyResult<Self> {
            let turns = Turns::new(1);
            turns.try_take();
            Ok(Self { turns })
        }
    }

    #[pyclass(with(Constructor))]
    impl Bell {
        /// Whether it rang within so many milliseconds.
        #[pymethod]
        fn wait(zelf: &Py<Self>, ms: u64, vm: &VirtualMachine) -> PyResult<bool> {
            let environment = environment(vm)?;
            let stack = &environment.stack;
            let deadline = Deadline::after(Some(Duration::from_millis(ms)), stack.time());
            match waiting(vm, stack, || zelf.turns.take(deadline, &stack.waiters))? {
                Ok(()) => Ok(true),
                Err(Error::TIMED_OUT) => Ok(false),
                Err(e) => Err(raise(e, vm)),
            }
        }

        /// Ends the wait that goes on, or the next.
        #[pymethod]
        fn ring(zelf: &Py<Self>) {
            // It may ring already.
            let _ = zelf.turns.give();
        }
    }

    /// A timer of the operating system, whose callback gets None.
    #[pyattr]
    #[pyclass(module = "_quecpy_time", name = "Timer")]
    #[derive(Debug, PyPayload)]
    struct Timer {
        number: u64,
    }

    impl Constructor for Timer {
        type Args = ();

        fn py_new(_cls: &Py<PyType>, (): (), vm: &VirtualMachine) -> PyResult<Self> {
            Ok(Self { number: session::of(vm)?.peripherals.os_timers.create() })
        }
    }

    #[pyclass(with(Constructor))]
    impl Timer {
        /// Starts it, or starts it anew.
        #[pymethod]
        fn start(zelf: &Py<Self>, ms: u64, cyclic: bool, callback: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
            Self::stop(zelf, vm)?;
            let hold = Box::new(environment(vm)?.stack.keep_alive.begin());
            callbacks::set_timer(Source::OsTimer(zelf.number), callback, cyclic, vm)?;
            let timers = &session::of(vm)?.peripherals.os_timers;
            timers.start(zelf.number, Duration::from_millis(ms), cyclic, hold);
            Ok(())
        }

        #[pymethod]
        fn stop(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<()> {
            session::of(vm)?.peripherals.os_timers.stop(zelf.number);
            callbacks::set(Source::OsTimer(zelf.number), vm.ctx.none(), vm)
        }
    }
}
