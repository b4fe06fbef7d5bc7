//! `urandom`: MicroPython's own generator (Ilya Levin's yasmarang), so that a seed gives the numbers that it gives on a
//! module. Unseeded it starts anywhere.

pub(crate) use urandom::module_def as definition;

use parking_lot::{Mutex, MutexGuard};
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::{PyPayload, PyRef, PyResult, VirtualMachine, pyclass};

/// Where the VM keeps it.
const KEY: &str = "_quecpy_random";

#[derive(Debug, Clone, Copy)]
struct Yasmarang {
    pad: u32,
    n: u32,
    d: u32,
    dat: u8,
}

impl Yasmarang {
    const fn new(seed: u32) -> Self {
        Self { pad: seed, n: 69, d: 233, dat: 0 }
    }

    fn next(&mut self) -> u32 {
        let step = self.d.wrapping_mul(self.n).wrapping_add(u32::from(self.dat));
        self.pad = self.pad.wrapping_add(step).rotate_left(3);
        self.n = self.pad | 2;
        self.d ^= self.pad.rotate_right(1);
        self.dat ^= self.pad.to_le_bytes()[0] ^ (self.d >> 8).to_le_bytes()[0] ^ 1;
        self.pad ^ (self.d << 5) ^ (self.pad >> 18) ^ (u32::from(self.dat) << 1)
    }

    /// A number below `n`, which is not 0.
    fn below(&mut self, n: u32) -> u32 {
        let mut mask = 1;
        while n & mask < n {
            mask = mask << 1 | 1;
        }
        loop {
            let number = self.next() & mask;
            if number < n {
                return number;
            }
        }
    }

    /// From 0 up to 1, by the bits of a float between 1 and 2.
    fn float(&mut self) -> f64 {
        let bits = u64::from(self.next()) << 32 | u64::from(self.next());
        f64::from_bits(bits & ((1 << 52) - 1) | 1.0f64.to_bits()) - 1.0
    }
}

/// The generator of one session.
#[pyclass(module = "urandom", name = "_generator")]
#[derive(Debug, PyPayload)]
struct Generator {
    state: Mutex<Yasmarang>,
}

#[pyclass]
impl Generator {
    fn of(vm: &VirtualMachine) -> PyResult<PyRef<Self>> {
        if let Ok(found) = vm.sys_module.get_attr(KEY, vm) {
            return found.downcast().map_err(|_| vm.new_type_error("the session's generator was replaced"));
        }
        let _ = Self::make_static_type();
        let generator = Self { state: Mutex::new(Yasmarang::new(anything())) }.into_ref(&vm.ctx);
        vm.sys_module.set_attr(KEY, generator.clone(), vm)?;
        Ok(generator)
    }

    fn lock(&self) -> MutexGuard<'_, Yasmarang> {
        self.state.lock()
    }
}

/// A seed from the host. Where it has none, any number will do.
fn anything() -> u32 {
    let mut bytes = [0; 4];
    getrandom::fill(&mut bytes).map_or(1, |()| u32::from_le_bytes(bytes))
}

#[rustpython_vm::pymodule]
mod urandom {
    use super::{Generator, Yasmarang, anything};
    use crate::bridge::error::bare;
    use crate::bridge::firmware;
    use crate::bridge::integers::{float_of, int_of, low_64, word};
    use rustpython_vm::builtins::PyBaseExceptionRef;
    use rustpython_vm::function::OptionalArg;
    use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

    fn refused(vm: &VirtualMachine) -> PyBaseExceptionRef {
        bare(vm.ctx.exceptions.value_error, vm)
    }

    #[pyfunction]
    fn seed(number: OptionalArg<Option<PyObjectRef>>, vm: &VirtualMachine) -> PyResult<()> {
        let number = match number.flatten() {
            #[expect(clippy::cast_possible_truncation, reason = "a seed has 32 bits, whatever it is made of")]
            Some(number) => low_64(&*int_of(&number, vm)?) as u32,
            None => anything(),
        };
        *Generator::of(vm)?.lock() = Yasmarang::new(number);
        Ok(())
    }

    #[pyfunction]
    fn getrandbits(count: PyObjectRef, vm: &VirtualMachine) -> PyResult<u32> {
        match word(&count, vm)? {
            0 if firmware::of(vm)?.random_no_bits => Ok(0),
            n @ 1..=32 => Ok(Generator::of(vm)?.lock().next() & (u32::MAX >> (32 - n))),
            _ => Err(vm.new_value_error("bits must be 32 or less")),
        }
    }

    /// A number of `count` from `start` in steps of `step`.
    fn pick(start: i64, step: i64, count: i64, vm: &VirtualMachine) -> PyResult<i64> {
        let count = u32::try_from(count).ok().filter(|n| *n > 0).ok_or_else(|| refused(vm))?;
        let index = Generator::of(vm)?.lock().below(count);
        Ok(start + step * i64::from(index))
    }

    #[pyfunction]
    fn randrange(
        start: PyObjectRef,
        stop: OptionalArg<PyObjectRef>,
        step: OptionalArg<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult<i64> {
        let start = i64::from(word(&start, vm)?);
        let OptionalArg::Present(stop) = stop else { return pick(0, 1, start, vm) };
        let stop = i64::from(word(&stop, vm)?);
        let step = step.into_option().map_or(Ok(1), |step| word(&step, vm).map(i64::from))?;
        let count = match step {
            0 => 0,
            // Of a step that leads away nothing is left.
            _ => (stop - start + step - step.signum()).checked_div(step).unwrap_or(0),
        };
        pick(start, step, count, vm)
    }

    #[pyfunction]
    fn randint(first: PyObjectRef, last: PyObjectRef, vm: &VirtualMachine) -> PyResult<i64> {
        let (first, last) = (i64::from(word(&first, vm)?), i64::from(word(&last, vm)?));
        pick(first, 1, (last - first + 1).min(i64::from(u32::MAX)), vm)
    }

    #[pyfunction]
    fn choice(sequence: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        match u32::try_from(sequence.length(vm)?) {
            Ok(length @ 1..) => {
                let index = Generator::of(vm)?.lock().below(length) as usize;
                sequence.get_item(&index, vm)
            }
            _ => Err(bare(vm.ctx.exceptions.index_error, vm)),
        }
    }

    #[pyfunction]
    fn random(vm: &VirtualMachine) -> PyResult<f64> {
        Ok(Generator::of(vm)?.lock().float())
    }

    #[pyfunction]
    fn uniform(from: PyObjectRef, to: PyObjectRef, vm: &VirtualMachine) -> PyResult<f64> {
        let (from, to) = (float_of(&from, vm)?, float_of(&to, vm)?);
        Ok(from + (to - from) * random(vm)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As MicroPython 1.27 prints them after `random.seed(5)`.
    #[test]
    fn the_numbers_are_micropythons() {
        let mut numbers = Yasmarang::new(5);
        assert_eq!([numbers.next(), numbers.next(), numbers.next()], [1_999_460, 2_423_357_249, 540_242_363]);
    }
}
