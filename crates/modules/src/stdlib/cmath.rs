//! `cmath`: functions of complex numbers, by MicroPython's formulas, which know no domain errors.

pub(crate) use cmath::module_def as definition;

#[rustpython_vm::pymodule(name = "_quecpy_cmath")]
mod cmath {
    use crate::bridge::integers::float_of;
    use rustpython_vm::builtins::PyModule;
    use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, PyResult, VirtualMachine};
    use std::f64::consts;

    pub(crate) fn module_exec(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
        __module_exec(vm, module);
        for (name, value) in [("e", consts::E), ("pi", consts::PI)] {
            module.as_object().set_attr(name, vm.ctx.new_float(value), vm)?;
        }
        Ok(())
    }

    /// Real and imaginary part.
    type Pair = (f64, f64);

    fn parts(z: &PyObject, vm: &VirtualMachine) -> PyResult<Pair> {
        if z.fast_isinstance(vm.ctx.types.complex_type) {
            return Ok((float_of(&*z.get_attr("real", vm)?, vm)?, float_of(&*z.get_attr("imag", vm)?, vm)?));
        }
        if z.class().heaptype_ext().is_some()
            && let Some(method) = vm.get_attribute_opt(z, "__complex__")?
        {
            let number = method.call((), vm)?;
            if number.fast_isinstance(vm.ctx.types.complex_type) {
                return parts(&number, vm);
            }
        }
        match float_of(z, vm) {
            Ok(x) => Ok((x, 0.0)),
            Err(_) => {
                let class = z.class().name().to_string();
                Err(vm.new_type_error(format!("can't convert {class} to complex")))
            }
        }
    }

    fn number(parts: Pair, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        vm.ctx.types.complex_type.as_object().call(parts, vm)
    }

    fn map(z: &PyObject, function: impl Fn(f64, f64) -> Pair, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let (re, im) = parts(z, vm)?;
        number(function(re, im), vm)
    }

    #[pyfunction]
    fn phase(z: PyObjectRef, vm: &VirtualMachine) -> PyResult<f64> {
        let (re, im) = parts(&z, vm)?;
        Ok(im.atan2(re))
    }

    #[pyfunction]
    fn polar(z: PyObjectRef, vm: &VirtualMachine) -> PyResult<Pair> {
        let (re, im) = parts(&z, vm)?;
        Ok(((re * re + im * im).sqrt(), im.atan2(re)))
    }

    #[pyfunction]
    fn rect(r: PyObjectRef, phi: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let (r, phi) = (float_of(&r, vm)?, float_of(&phi, vm)?);
        number((r * phi.cos(), r * phi.sin()), vm)
    }

    #[pyfunction]
    fn exp(z: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        map(&z, |re, im| (re.exp() * im.cos(), re.exp() * im.sin()), vm)
    }

    #[pyfunction]
    fn log(z: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        map(&z, |re, im| (0.5 * (re * re + im * im).ln(), im.atan2(re)), vm)
    }

    #[pyfunction]
    fn log10(z: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        map(&z, |re, im| (0.5 * (re * re + im * im).log10(), consts::LOG10_E * im.atan2(re)), vm)
    }

    #[pyfunction]
    fn sqrt(z: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let root = |re: f64, im: f64| {
            let (size, angle) = ((re * re + im * im).powf(0.25), 0.5 * im.atan2(re));
            (size * angle.cos(), size * angle.sin())
        };
        map(&z, root, vm)
    }

    #[pyfunction]
    fn cos(z: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        map(&z, |re, im| (re.cos() * im.cosh(), -re.sin() * im.sinh()), vm)
    }

    #[pyfunction]
    fn sin(z: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        map(&z, |re, im| (re.sin() * im.cosh(), re.cos() * im.sinh()), vm)
    }
}
