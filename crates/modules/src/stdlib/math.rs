//! `math`: functions of numbers (the module contract, std, math). Which of them exist is `firmware.rs`'s.

pub(crate) use math::module_def as definition;

#[rustpython_vm::pymodule(name = "_quecpy_math")]
mod math {
    use crate::bridge::integers::{float_of, int_of, word};
    use rustpython_vm::builtins::PyModule;
    use rustpython_vm::function::OptionalArg;
    use rustpython_vm::{AsObject, FromArgs, Py, PyObject, PyObjectRef, PyResult, VirtualMachine};
    use std::f64::consts;

    const CONSTANTS: [(&str, f64); 5] =
        [("e", consts::E), ("pi", consts::PI), ("tau", consts::TAU), ("inf", f64::INFINITY), ("nan", f64::NAN)];

    fn domain<T>(vm: &VirtualMachine) -> PyResult<T> {
        Err(vm.new_value_error("math domain error"))
    }

    /// A result that is not a number or has no end is an error, unless the argument was so.
    fn checked(of: &[f64], result: f64, vm: &VirtualMachine) -> PyResult<f64> {
        let nan = result.is_nan() && !of.iter().any(|x| x.is_nan());
        let inf = result.is_infinite() && !of.iter().any(|x| x.is_infinite());
        if nan || inf { domain(vm) } else { Ok(result) }
    }

    fn one(x: &PyObject, function: impl Fn(f64) -> f64, vm: &VirtualMachine) -> PyResult<f64> {
        let x = float_of(x, vm)?;
        checked(&[x], function(x), vm)
    }

    fn two(x: &PyObject, y: &PyObject, function: impl Fn(f64, f64) -> f64, vm: &VirtualMachine) -> PyResult<f64> {
        let (x, y) = (float_of(x, vm)?, float_of(y, vm)?);
        checked(&[x, y], function(x, y), vm)
    }

    #[pyfunction]
    fn sqrt(x: PyObjectRef, vm: &VirtualMachine) -> PyResult<f64> {
        one(&x, f64::sqrt, vm)
    }

    #[pyfunction]
    fn exp(x: PyObjectRef, vm: &VirtualMachine) -> PyResult<f64> {
        one(&x, f64::exp, vm)
    }

    #[pyfunction]
    fn expm1(x: PyObjectRef, vm: &VirtualMachine) -> PyResult<f64> {
        one(&x, f64::exp_m1, vm)
    }

    #[pyfunction]
    fn log2(x: PyObjectRef, vm: &VirtualMachine) -> PyResult<f64> {
        one(&x, f64::log2, vm)
    }

    #[pyfunction]
    fn log10(x: PyObjectRef, vm: &VirtualMachine) -> PyResult<f64> {
        one(&x, f64::log10, vm)
    }

    #[pyfunction]
    fn cosh(x: PyObjectRef, vm: &VirtualMachine) -> PyResult<f64> {
        one(&x, f64::cosh, vm)
    }

    #[pyfunction]
    fn sinh(x: PyObjectRef, vm: &VirtualMachine) -> PyResult<f64> {
        one(&x, f64::sinh, vm)
    }

    #[pyfunction]
    fn tanh(x: PyObjectRef, vm: &VirtualMachine) -> PyResult<f64> {
        one(&x, f64::tanh, vm)
    }

    #[pyfunction]
    fn acosh(x: PyObjectRef, vm: &VirtualMachine) -> PyResult<f64> {
        one(&x, libm::acosh, vm)
    }

    #[pyfunction]
    fn asinh(x: PyObjectRef, vm: &VirtualMachine) -> PyResult<f64> {
        one(&x, libm::asinh, vm)
    }

    #[pyfunction]
    fn atanh(x: PyObjectRef, vm: &VirtualMachine) -> PyResult<f64> {
        one(&x, libm::atanh, vm)
    }

    #[pyfunction]
    fn cos(x: PyObjectRef, vm: &VirtualMachine) -> PyResult<f64> {
        one(&x, f64::cos, vm)
    }

    #[pyfunction]
    fn sin(x: PyObjectRef, vm: &VirtualMachine) -> PyResult<f64> {
        one(&x, f64::sin, vm)
    }

    #[pyfunction]
    fn tan(x: PyObjectRef, vm: &VirtualMachine) -> PyResult<f64> {
        one(&x, f64::tan, vm)
    }

    #[pyfunction]
    fn acos(x: PyObjectRef, vm: &VirtualMachine) -> PyResult<f64> {
        one(&x, f64::acos, vm)
    }

    #[pyfunction]
    fn asin(x: PyObjectRef, vm: &VirtualMachine) -> PyResult<f64> {
        one(&x, f64::asin, vm)
    }

    #[pyfunction]
    fn atan(x: PyObjectRef, vm: &VirtualMachine) -> PyResult<f64> {
        one(&x, f64::atan, vm)
    }

    #[pyfunction]
    fn fabs(x: PyObjectRef, vm: &VirtualMachine) -> PyResult<f64> {
        one(&x, f64::abs, vm)
    }

    #[pyfunction]
    fn erf(x: PyObjectRef, vm: &VirtualMachine) -> PyResult<f64> {
        one(&x, libm::erf, vm)
    }

    #[pyfunction]
    fn erfc(x: PyObjectRef, vm: &VirtualMachine) -> PyResult<f64> {
        one(&x, libm::erfc, vm)
    }

    #[pyfunction]
    fn gamma(x: PyObjectRef, vm: &VirtualMachine) -> PyResult<f64> {
        one(&x, libm::tgamma, vm)
    }

    #[pyfunction]
    fn lgamma(x: PyObjectRef, vm: &VirtualMachine) -> PyResult<f64> {
        one(&x, libm::lgamma, vm)
    }

    #[pyfunction]
    fn degrees(x: PyObjectRef, vm: &VirtualMachine) -> PyResult<f64> {
        one(&x, |x| x * (180.0 / consts::PI), vm)
    }

    #[pyfunction]
    fn radians(x: PyObjectRef, vm: &VirtualMachine) -> PyResult<f64> {
        one(&x, |x| x * (consts::PI / 180.0), vm)
    }
    #[pyfunction]
    fn pow(x: PyObjectRef, y: PyObjectRef, vm: &VirtualMachine) -> PyResult<f64> {
        two(&x, &y, f64::powf, vm)
    }

    #[pyfunction]
    fn atan2(y: PyObjectRef, x: PyObjectRef, vm: &VirtualMachine) -> PyResult<f64> {
        two(&y, &x, f64::atan2, vm)
    }

    #[pyfunction]
    fn fmod(x: PyObjectRef, y: PyObjectRef, vm: &VirtualMachine) -> PyResult<f64> {
        two(&x, &y, |x, y| x % y, vm)
    }

    #[pyfunction]
    fn copysign(x: PyObjectRef, y: PyObjectRef, vm: &VirtualMachine) -> PyResult<f64> {
        two(&x, &y, f64::copysign, vm)
    }

    #[pyfunction]
    fn log(x: PyObjectRef, base: OptionalArg<PyObjectRef>, vm: &VirtualMachine) -> PyResult<f64> {
        let x = float_of(&x, vm)?;
        if x <= 0.0 {
            return domain(vm);
        }
        let OptionalArg::Present(base) = base else { return Ok(x.ln()) };
        let base = float_of(&base, vm)?;
        if base <= 0.0 {
            return domain(vm);
        }
        #[expect(clippy::float_cmp, reason = "of exactly 1 the logarithm is exactly 0")]
        if base == 1.0 {
            return Err(vm.new_zero_division_error("divide by zero"));
        }
        Ok(x.ln() / base.ln())
    }

    /// A float without fraction as an int.
    fn whole(x: &PyObject, function: impl Fn(f64) -> f64, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let x = function(float_of(x, vm)?);
        if x.is_nan() {
            return Err(vm.new_value_error("can't convert NaN to int"));
        }
        if x.is_infinite() {
            return Err(vm.new_overflow_error("can't convert inf to int"));
        }
        vm.call_method(vm.ctx.new_float(x).as_ref(), "__int__", ())
    }

    #[pyfunction]
    fn floor(x: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        whole(&x, f64::floor, vm)
    }

    #[pyfunction]
    fn ceil(x: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        whole(&x, f64::ceil, vm)
    }

    #[pyfunction]
    fn trunc(x: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        whole(&x, f64::trunc, vm)
    }

    #[pyfunction]
    fn isfinite(x: PyObjectRef, vm: &VirtualMachine) -> PyResult<bool> {
        Ok(float_of(&x, vm)?.is_finite())
    }

    #[pyfunction]
    fn isinf(x: PyObjectRef, vm: &VirtualMachine) -> PyResult<bool> {
        Ok(float_of(&x, vm)?.is_infinite())
    }

    #[pyfunction]
    fn isnan(x: PyObjectRef, vm: &VirtualMachine) -> PyResult<bool> {
        Ok(float_of(&x, vm)?.is_nan())
    }

    #[pyfunction]
    fn modf(x: PyObjectRef, vm: &VirtualMachine) -> PyResult<(f64, f64)> {
        let (fraction, whole) = libm::modf(float_of(&x, vm)?);
        Ok((fraction, whole))
    }

    #[pyfunction]
    fn frexp(x: PyObjectRef, vm: &VirtualMachine) -> PyResult<(f64, i32)> {
        let x = float_of(&x, vm)?;
        Ok(if x.is_finite() { libm::frexp(x) } else { (x, 0) })
    }

    #[pyfunction]
    fn ldexp(x: PyObjectRef, exponent: PyObjectRef, vm: &VirtualMachine) -> PyResult<f64> {
        Ok(libm::ldexp(float_of(&x, vm)?, word(&exponent, vm)?))
    }

    /// Of more the result does not fit a module's memory.
    const LARGEST: i64 = 20_000;

    #[pyfunction]
    fn factorial(n: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let n = int_of(&n, vm)?;
        let negative = n.as_bigint() < &0.into();
        let n = i64::try_from(n.as_bigint()).unwrap_or(if negative { -1 } else { i64::MAX });
        if n < 0 {
            return Err(vm.new_value_error("negative factorial"));
        }
        if n > LARGEST {
            return Err(vm.new_memory_error("memory allocation failed"));
        }
        let mut product: PyObjectRef = vm.ctx.new_int(1).into();
        for factor in 2..=n {
            product = vm._mul(&product, vm.ctx.new_int(factor).as_ref())?;
        }
        Ok(product)
    }

    #[derive(FromArgs)]
    struct Closeness {
        #[pyarg(positional)]
        a: PyObjectRef,
        #[pyarg(positional)]
        b: PyObjectRef,
        #[pyarg(named, default)]
        rel_tol: Option<PyObjectRef>,
        #[pyarg(named, default)]
        abs_tol: Option<PyObjectRef>,
    }

    #[pyfunction]
    fn isclose(args: Closeness, vm: &VirtualMachine) -> PyResult<bool> {
        let tolerance = |given: Option<PyObjectRef>, usual| given.map_or(Ok(usual), |t| float_of(&t, vm));
        let (a, b) = (float_of(&args.a, vm)?, float_of(&args.b, vm)?);
        let (rel, abs) = (tolerance(args.rel_tol, 1e-9)?, tolerance(args.abs_tol, 0.0)?);
        if rel < 0.0 || abs < 0.0 {
            return domain(vm);
        }
        let difference = (a - b).abs();
        #[expect(clippy::float_cmp, reason = "infinities are close to themselves only")]
        let same = a == b;
        Ok(same || (difference.is_finite() && (difference <= abs || difference <= rel * a.abs().max(b.abs()))))
    }

    pub(crate) fn module_exec(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
        __module_exec(vm, module);
        for (name, value) in CONSTANTS {
            module.as_object().set_attr(name, vm.ctx.new_float(value), vm)?;
        }
        Ok(())
    }
}
