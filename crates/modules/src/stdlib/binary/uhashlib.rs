//! `uhashlib`: SHA-256, SHA-1 and MD5 (the module contract, std, uhashlib). What only the frozen `hashlib` offers, it
//! gets here by names with an underscore.

pub(crate) use uhashlib::module_def as definition;

use md5::Digest;

/// A digest in the making.
#[derive(Debug, Clone)]
enum Hasher {
    Md5(md5::Md5),
    Sha1(sha1::Sha1),
    Sha224(sha2::Sha224),
    Sha256(sha2::Sha256),
    Sha384(sha2::Sha384),
    Sha512(sha2::Sha512),
}

impl Hasher {
    fn new(name: &str) -> Option<Self> {
        Some(match name {
            "md5" => Self::Md5(md5::Md5::new()),
            "sha1" => Self::Sha1(sha1::Sha1::new()),
            "sha224" => Self::Sha224(sha2::Sha224::new()),
            "sha256" => Self::Sha256(sha2::Sha256::new()),
            "sha384" => Self::Sha384(sha2::Sha384::new()),
            "sha512" => Self::Sha512(sha2::Sha512::new()),
            _ => return None,
        })
    }

    const fn name(&self) -> &'static str {
        match self {
            Self::Md5(_) => "md5",
            Self::Sha1(_) => "sha1",
            Self::Sha224(_) => "sha224",
            Self::Sha256(_) => "sha256",
            Self::Sha384(_) => "sha384",
            Self::Sha512(_) => "sha512",
        }
    }

    fn update(&mut self, data: &[u8]) {
        match self {
            Self::Md5(h) => h.update(data),
            Self::Sha1(h) => h.update(data),
            Self::Sha224(h) => h.update(data),
            Self::Sha256(h) => h.update(data),
            Self::Sha384(h) => h.update(data),
            Self::Sha512(h) => h.update(data),
        }
    }

    fn digest(&self) -> Vec<u8> {
        match self.clone() {
            Self::Md5(h) => h.finalize().to_vec(),
            Self::Sha1(h) => h.finalize().to_vec(),
            Self::Sha224(h) => h.finalize().to_vec(),
            Self::Sha256(h) => h.finalize().to_vec(),
            Self::Sha384(h) => h.finalize().to_vec(),
            Self::Sha512(h) => h.finalize().to_vec(),
        }
    }
}

#[rustpython_vm::pymodule]
mod uhashlib {
    use super::Hasher;
    use crate::bridge::firmware;
    use parking_lot::{Mutex, MutexGuard};
    use quecpy_formats::base64;
    use quecpy_formats::cipher::Aes;
    use quecpy_usocket::text::TextOrBytes;
    use rustpython_vm::builtins::{PyBytes, PyModule, PyStrRef};
    use rustpython_vm::class::PyClassImpl;
    use rustpython_vm::function::OptionalArg;
    use rustpython_vm::types::Representable;
    use rustpython_vm::{AsObject, Py, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine, pyclass};

    #[derive(Debug, Clone)]
    struct State {
        hasher: Hasher,
        is_final: bool,
    }

    /// What `sha256()` and its like return.
    #[pyclass(no_attr, module = false, name = "hash")]
    #[derive(Debug, PyPayload)]
    struct Hash {
        state: Mutex<State>,
    }

    fn start(name: &str, data: OptionalArg<TextOrBytes>, vm: &VirtualMachine) -> PyResult<Hash> {
        let mut hasher = Hasher::new(name).ok_or_else(|| vm.new_value_error("unsupported hash type"))?;
        if let OptionalArg::Present(data) = data {
            hasher.update(&data.borrow_bytes());
        }
        Ok(Hash { state: Mutex::new(State { hasher, is_final: false }) })
    }

    #[pyfunction]
    fn sha256(data: OptionalArg<TextOrBytes>, vm: &VirtualMachine) -> PyResult<Hash> {
        start("sha256", data, vm)
    }

    #[pyfunction]
    fn sha1(data: OptionalArg<TextOrBytes>, vm: &VirtualMachine) -> PyResult<Hash> {
        start("sha1", data, vm)
    }

    #[pyfunction]
    fn md5(data: OptionalArg<TextOrBytes>, vm: &VirtualMachine) -> PyResult<Hash> {
        start("md5", data, vm)
    }

    #[pyfunction]
    fn _new(name: PyStrRef, data: OptionalArg<TextOrBytes>, vm: &VirtualMachine) -> PyResult<Hash> {
        start(name.to_str().unwrap_or_default(), data, vm)
    }

    /// SHA-1 as hexadecimal digits; scripts pass a length as well.
    #[pyfunction]
    fn hash_sha1(data: TextOrBytes, _length: OptionalArg<PyObjectRef>) -> String {
        let mut hasher = sha1::Sha1::default();
        md5::Digest::update(&mut hasher, &*data.borrow_bytes());
        md5::Digest::finalize(hasher).iter().map(|b| format!("{b:02x}")).collect()
    }

    #[pyfunction]
    fn hash_base64(data: TextOrBytes, vm: &VirtualMachine) -> PyRef<PyBytes> {
        vm.ctx.new_bytes(base64::encode(&data.borrow_bytes()))
    }

    /// The last block is filled up with zeros.
    #[pyfunction]
    fn aes_ecb(key: TextOrBytes, data: TextOrBytes, vm: &VirtualMachine) -> PyResult<PyRef<PyBytes>> {
        let cipher = Aes::new(&key.borrow_bytes()).ok_or_else(|| vm.new_value_error("key"))?;
        let mut blocks = data.borrow_bytes().to_vec();
        blocks.resize(blocks.len().next_multiple_of(16), 0);
        cipher.ecb(&mut blocks, true);
        Ok(vm.ctx.new_bytes(blocks))
    }

    pub(crate) fn module_exec(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
        __module_exec(vm, module);
        let _ = Hash::make_static_type();
        let module_object = module.as_object();
        for name in ["sha1", "sha256", "md5"] {
            // The documentation's names of the classes.
            let upper = vm.ctx.new_str(name.to_uppercase());
            module_object.set_attr(&upper, module_object.get_attr(name, vm)?, vm)?;
        }
        Ok(())
    }

    #[pyclass(with(Representable), flags(DISALLOW_INSTANTIATION))]
    impl Hash {
        fn lock(&self) -> MutexGuard<'_, State> {
            self.state.lock()
        }

        /// A state that may still change.
        fn open(&self, vm: &VirtualMachine) -> PyResult<MutexGuard<'_, State>> {
            let raises = firmware::of(vm)?.hash_final;
            let mut state = self.lock();
            if state.is_final && raises {
                return Err(vm.new_value_error("hash is final"));
            }
            if std::mem::take(&mut state.is_final) {
                // Older firmware goes on from the padded end: what comes out is no digest of anything.
                let digest = state.hasher.digest();
                state.hasher.update(&digest);
            }
            Ok(state)
        }

        #[pymethod]
        fn update(zelf: &Py<Self>, data: TextOrBytes, vm: &VirtualMachine) -> PyResult<()> {
            zelf.open(vm)?.hasher.update(&data.borrow_bytes());
            Ok(())
        }

        /// Once only.
        #[pymethod]
        fn digest(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyRef<PyBytes>> {
            let mut state = zelf.open(vm)?;
            state.is_final = true;
            Ok(vm.ctx.new_bytes(state.hasher.digest()))
        }

        #[pymethod]
        fn _copy(zelf: &Py<Self>) -> Self {
            Self { state: Mutex::new(zelf.lock().clone()) }
        }
    }

    impl Representable for Hash {
        fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
            Ok(format!("<{}>", zelf.lock().hasher.name()))
        }
    }
}
