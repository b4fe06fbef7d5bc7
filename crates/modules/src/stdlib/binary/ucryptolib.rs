//! `ucryptolib`: AES (the module contract, std, ucryptolib).

pub(crate) use ucryptolib::module_def as definition;

#[rustpython_vm::pymodule]
mod ucryptolib {
    use parking_lot::Mutex;
    use quecpy_formats::cipher::{Aes, BLOCK};
    use quecpy_usocket::text::TextOrBytes;
    use rustpython_vm::builtins::{PyModule, PyType};
    use rustpython_vm::function::{ArgMemoryBuffer, OptionalArg};
    use rustpython_vm::types::Constructor;
    use rustpython_vm::{
        AsObject, FromArgs, Py, PyObjectRef, PyPayload, PyResult, TryFromObject, VirtualMachine, pyclass,
    };

    const MODE_ECB: i32 = 1;
    const MODE_CBC: i32 = 2;
    const MODE_CTR: i32 = 6;

    pub(crate) fn module_exec(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
        __module_exec(vm, module);
        for (name, mode) in [("MODE_ECB", MODE_ECB), ("MODE_CBC", MODE_CBC), ("MODE_CTR", MODE_CTR)] {
            module.as_object().set_attr(name, vm.ctx.new_int(mode), vm)?;
        }
        Ok(())
    }

    /// What goes on from call to call.
    #[derive(Debug)]
    struct Chain {
        iv: [u8; BLOCK],
        /// Of the counter mode: the current block of its stream, and how much of it is used.
        stream: [u8; BLOCK],
        used: usize,
        /// One object works in one direction, which its first call decides.
        encrypts: Option<bool>,
    }

    #[pyattr]
    #[pyclass(module = false, name = "aes")]
    #[derive(PyPayload)]
    struct Cipher {
        aes: Aes,
        mode: i32,
        chain: Mutex<Chain>,
    }

    impl std::fmt::Debug for Cipher {
        /// Without the key.
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.debug_struct("Cipher").field("mode", &self.mode).finish_non_exhaustive()
        }
    }

    #[derive(FromArgs)]
    struct NewArgs {
        #[pyarg(positional)]
        key: TextOrBytes,
        #[pyarg(positional)]
        mode: i32,
        #[pyarg(positional, default)]
        iv: Option<PyObjectRef>,
    }

    impl Constructor for Cipher {
        type Args = NewArgs;

        fn py_new(_cls: &Py<PyType>, args: NewArgs, vm: &VirtualMachine) -> PyResult<Self> {
            let NewArgs { key, mode, iv } = args;
            if ![MODE_ECB, MODE_CBC, MODE_CTR].contains(&mode) {
                return Err(vm.new_value_error("mode"));
            }
            let aes = Aes::new(&key.borrow_bytes()).ok_or_else(|| vm.new_value_error("key"))?;
            let iv = match iv.filter(|iv| !vm.is_none(iv)) {
                Some(iv) => <[u8; BLOCK]>::try_from(&*TextOrBytes::try_from_object(vm, iv)?.borrow_bytes()).ok(),
                None if mode == MODE_ECB => Some([0; BLOCK]),
                None => None,
            };
            let iv = iv.ok_or_else(|| vm.new_value_error("IV"))?;
            let chain = Chain { iv, stream: [0; BLOCK], used: BLOCK, encrypts: None };
            Ok(Self { aes, mode, chain: Mutex::new(chain) })
        }
    }

    #[pyclass(with(Constructor))]
    impl Cipher {
        fn process(
            &self,
            data: &TextOrBytes,
            out: OptionalArg<PyObjectRef>,
            encrypt: bool,
            vm: &VirtualMachine,
        ) -> PyResult<PyObjectRef> {
            let mut bytes = data.borrow_bytes().to_vec();
            if self.mode != MODE_CTR && !bytes.len().is_multiple_of(BLOCK) {
                return Err(vm.new_value_error("blksize % 16"));
            }
            let room = match &out {
                OptionalArg::Present(out) => Some(ArgMemoryBuffer::try_from_object(vm, out.clone())?),
                OptionalArg::Missing => None,
            };
            if room.as_ref().is_some_and(|room| room.len() < bytes.len()) {
                return Err(vm.new_value_error("output too small"));
            }
            let mut chain = self.chain.lock();
            if *chain.encrypts.get_or_insert(encrypt) != encrypt {
                return Err(vm.new_value_error("can't encrypt & decrypt"));
            }
            let Chain { iv, stream, used, .. } = &mut *chain;
            match self.mode {
                MODE_CBC => self.aes.cbc(iv, &mut bytes, encrypt),
                MODE_CTR => self.aes.ctr(iv, stream, used, &mut bytes),
                _ => self.aes.ecb(&mut bytes, encrypt),
            }
            match (room, out) {
                (Some(room), OptionalArg::Present(out)) => {
                    room.with_ref(|room| room[..bytes.len()].copy_from_slice(&bytes));
                    Ok(out)
                }
                _ => Ok(vm.ctx.new_bytes(bytes).into()),
            }
        }

        #[pymethod]
        fn encrypt(
            zelf: &Py<Self>,
            data: TextOrBytes,
            out: OptionalArg<PyObjectRef>,
            vm: &VirtualMachine,
        ) -> PyResult<PyObjectRef> {
            zelf.process(&data, out, true, vm)
        }

        #[pymethod]
        fn decrypt(
            zelf: &Py<Self>,
            data: TextOrBytes,
            out: OptionalArg<PyObjectRef>,
            vm: &VirtualMachine,
        ) -> PyResult<PyObjectRef> {
            zelf.process(&data, out, false, vm)
        }
    }
}
