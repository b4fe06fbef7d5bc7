//! `array`: numbers packed in memory (the module contract, std, array). What is not there on a module, such as `in`,
//! raises what it raises there.

pub(crate) use array::module_def as definition;

use rustpython_vm::types::PyComparisonOp;

/// Bytes of one item; None: no typecode of an array. The codes of `ustruct`, without those of bytes.
fn item_size(code: u8) -> Option<usize> {
    if matches!(code, b's' | b'x' | b'e') { None } else { crate::stdlib::binary::ustruct::size_of(code) }
}

/// The code as the VM's memoryview knows it, whose `l` may have eight bytes.
const fn host_code(code: u8) -> &'static str {
    match code {
        b'b' => "b",
        b'B' => "B",
        b'h' => "h",
        b'H' => "H",
        b'i' | b'l' => "i",
        b'q' => "q",
        b'Q' => "Q",
        b'f' => "f",
        b'd' => "d",
        _ => "I",
    }
}

/// Whether the bytes of arrays of two codes can be compared: alike but for the sign, no floats, and for an order at least one
/// of them without sign.
fn comparable(codes: [u8; 2], op: PyComparisonOp) -> bool {
    let [a, b] = codes.map(|code| code.to_ascii_lowercase());
    let equality = matches!(op, PyComparisonOp::Eq | PyComparisonOp::Ne);
    a == b && !matches!(a, b'f' | b'd') && (equality || codes.iter().any(u8::is_ascii_uppercase))
}

#[rustpython_vm::pymodule]
mod array {
    use super::{comparable, host_code, item_size};
    use crate::bridge::error::bare;
    use crate::bridge::firmware;
    use crate::stdlib::binary::packed_numbers::{get, put};
    use quecpy_usocket::text::TextOrBytes;
    use rustpython_vm::builtins::{PyByteArray, PyBytes, PyFloat, PyInt, PySlice, PyStr, PyType};
    use rustpython_vm::common::borrow::{BorrowedValue, BorrowedValueMut};
    use rustpython_vm::common::lock::{
        PyMappedRwLockReadGuard, PyMappedRwLockWriteGuard, PyRwLock, PyRwLockReadGuard, PyRwLockWriteGuard,
    };
    use rustpython_vm::function::{ArgIterable, OptionalArg, PyComparisonValue};
    use rustpython_vm::protocol::{BufferDescriptor, BufferMethods, PyBuffer, PyMappingMethods, PySequenceMethods};
    use rustpython_vm::sliceable::SaturatedSlice;
    use rustpython_vm::types::{
        AsBuffer, AsMapping, AsSequence, Comparable, Constructor, Iterable, PyComparisonOp, Representable,
    };
    use rustpython_vm::{
        AsObject, FromArgs, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, TryFromObject, VirtualMachine,
        atomic_func, pyclass,
    };
    use std::ops::Range;
    use std::sync::atomic::AtomicUsize;
    use std::sync::atomic::Ordering::SeqCst;

    /// More bytes than a module has memory for.
    const LARGEST: usize = 1 << 28;

    #[pyattr]
    #[pyclass(module = false, name = "array", unhashable = true)]
    #[derive(Debug, PyPayload)]
    struct Array {
        code: u8,
        /// Little-endian, as on the module.
        bytes: PyRwLock<Vec<u8>>,
        /// Buffers that others hold: while there are any the length stays.
        exports: AtomicUsize,
    }

    #[derive(FromArgs)]
    struct NewArgs {
        #[pyarg(positional)]
        code: PyObjectRef,
        #[pyarg(positional, optional)]
        from: OptionalArg<PyObjectRef>,
    }

    impl Constructor for Array {
        type Args = NewArgs;

        fn py_new(_cls: &Py<PyType>, args: NewArgs, vm: &VirtualMachine) -> PyResult<Self> {
            let Some(code) = args.code.downcast_ref::<PyStr>() else {
                let class = args.code.class().name().to_string();
                return Err(vm.new_type_error(format!("can't convert '{class}' object to str implicitly")));
            };
            let code = code.as_bytes().first().copied().filter(|code| item_size(*code).is_some());
            let code = code.ok_or_else(|| vm.new_value_error("bad typecode"))?;
            let array = Self::new(code, Vec::new());
            if let OptionalArg::Present(from) = args.from {
                let raw = from.downcast_ref::<PyBytes>().is_some() || from.downcast_ref::<PyByteArray>().is_some();
                let bytes = if raw { array.items_of(&from, vm)? } else { array.packed(from, vm)? };
                array.resize(|room| room.extend(bytes), vm)?;
            }
            Ok(array)
        }
    }

    impl Array {
        const fn new(code: u8, bytes: Vec<u8>) -> Self {
            Self { code, bytes: PyRwLock::new(bytes), exports: AtomicUsize::new(0) }
        }

        fn size(&self) -> usize {
            item_size(self.code).unwrap_or(1)
        }

        /// Changes the length.
        fn resize(&self, change: impl FnOnce(&mut Vec<u8>), vm: &VirtualMachine) -> PyResult<()> {
            if self.exports.load(SeqCst) > 0 {
                return Err(vm.new_buffer_error("a memoryview holds the array"));
            }
            let mut bytes = self.bytes.write();
            change(&mut bytes);
            if bytes.len() > LARGEST {
                bytes.truncate(LARGEST / 8 * 8);
                return Err(vm.new_memory_error("memory allocation failed"));
            }
            Ok(())
        }

        /// The memory of an object, as far as whole items of this array go.
        fn items_of(&self, object: &PyObject, vm: &VirtualMachine) -> PyResult<Vec<u8>> {
            let data = TextOrBytes::try_from_object(vm, object.to_owned())
                .map_err(|_| vm.new_type_error("object with buffer protocol required"))?;
            let bytes = data.borrow_bytes();
            Ok(bytes[..bytes.len() - bytes.len() % self.size()].to_vec())
        }

        /// The numbers of an iterable as bytes.
        fn packed(&self, from: PyObjectRef, vm: &VirtualMachine) -> PyResult<Vec<u8>> {
            let mut out = Vec::new();
            let size = self.size();
            let items: ArgIterable = ArgIterable::try_from_object(vm, from)?;
            for item in items.iter(vm)? {
                let at = out.len();
                out.resize(at + size, 0);
                put(&mut out[at..], self.code, false, &*item?, vm)?;
                if out.len() > LARGEST {
                    return Err(vm.new_memory_error("memory allocation failed"));
                }
            }
            Ok(out)
        }

        fn length(&self) -> usize {
            self.bytes.read().len() / self.size()
        }

        /// The bytes of one item, by its number, negative from the end.
        fn place(&self, index: isize, vm: &VirtualMachine) -> PyResult<Range<usize>> {
            let length = self.length();
            let index = if index < 0 { length.checked_add_signed(index) } else { usize::try_from(index).ok() };
            let index = index.filter(|i| *i < length).ok_or_else(|| vm.new_index_error("array index out of range"))?;
            Ok(index * self.size()..(index + 1) * self.size())
        }

        fn item(&self, index: isize, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
            let place = self.place(index, vm)?;
            let bytes = self.bytes.read();
            let bytes = bytes.get(place).ok_or_else(|| vm.new_index_error("array index out of range"))?;
            Ok(get(bytes, self.code, false, vm))
        }

        /// The bytes of a slice.
        fn range(&self, slice: &Py<PySlice>, vm: &VirtualMachine) -> PyResult<Range<usize>> {
            let slice = SaturatedSlice::with_slice(slice, vm)?;
            if slice.step() != 1 {
                return Err(vm.new_not_implemented_error("only slices with step=1 (aka None) are supported"));
            }
            let (range, ..) = slice.adjust_indices(self.length());
            let size = self.size();
            Ok(range.start * size..range.end.max(range.start) * size)
        }

        fn index(key: &PyObject, vm: &VirtualMachine) -> PyResult<isize> {
            let Some(index) = key.try_index_opt(vm) else {
                let class = key.class().name().to_string();
                return Err(vm.new_type_error(format!("array indices must be integers, not {class}")));
            };
            let overflow = |_| vm.new_overflow_error("overflow converting long int to machine word");
            isize::try_from(index?.as_bigint()).map_err(overflow)
        }

        fn subscript(&self, key: &PyObject, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
            let Some(slice) = key.downcast_ref::<PySlice>() else {
                return self.item(Self::index(key, vm)?, vm);
            };
            let range = self.range(slice, vm)?;
            let bytes = self.bytes.read().get(range).unwrap_or_default().to_vec();
            Ok(Self::new(self.code, bytes).into_pyobject(vm))
        }

        fn assign(&self, key: &PyObject, value: Option<&PyObject>, vm: &VirtualMachine) -> PyResult<()> {
            let Some(value) = value else {
                return Err(vm.new_type_error("'array' object doesn't support item deletion"));
            };
            let Some(slice) = key.downcast_ref::<PySlice>() else {
                let place = self.place(Self::index(key, vm)?, vm)?;
                let mut item = vec![0; self.size()];
                put(&mut item, self.code, false, value, vm)?;
                if let Some(room) = self.bytes.write().get_mut(place) {
                    room.copy_from_slice(&item);
                }
                return Ok(());
            };
            let range = self.range(slice, vm)?;
            let size = match value.downcast_ref::<Self>() {
                Some(array) => array.size(),
                None if value.downcast_ref::<PyBytes>().is_some() => 1,
                None if value.downcast_ref::<PyByteArray>().is_some() => 1,
                None => return Err(vm.new_not_implemented_error("array/bytes required on right side")),
            };
            if size != self.size() {
                return Err(vm.new_value_error("lhs and rhs should be compatible"));
            }
            let bytes = self.items_of(value, vm)?;
            if bytes.len() == range.len() {
                if let Some(room) = self.bytes.write().get_mut(range) {
                    room.copy_from_slice(&bytes);
                }
                return Ok(());
            }
            let replace = |room: &mut Vec<u8>| {
                let end = range.end.min(room.len());
                room.splice(range.start.min(end)..end, bytes);
            };
            self.resize(replace, vm)
        }

        fn concat(&self, other: &PyObject, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
            let more = self.items_of(other, vm)?;
            let joined = Self::new(self.code, self.bytes.read().clone());
            joined.resize(|room| room.extend(more), vm)?;
            Ok(joined.into_pyobject(vm))
        }
    }

    #[pyclass(flags(BASETYPE), with(AsBuffer, AsMapping, AsSequence, Comparable, Constructor, Iterable, Representable))]
    impl Array {
        #[pymethod]
        fn append(zelf: &Py<Self>, item: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
            let mut bytes = vec![0; zelf.size()];
            put(&mut bytes, zelf.code, false, &item, vm)?;
            zelf.resize(|room| room.extend(bytes), vm)
        }

        /// What has memory is taken as it lies there, anything else item by item.
        #[pymethod]
        fn extend(zelf: &Py<Self>, from: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
            let bytes = match zelf.items_of(&from, vm) {
                Ok(bytes) => bytes,
                Err(_) => zelf.packed(from, vm)?,
            };
            zelf.resize(|room| room.extend(bytes), vm)
        }
    }

    static BUFFER: BufferMethods = BufferMethods {
        obj_bytes: |buffer| {
            let guard = buffer.obj_as::<Array>().bytes.read();
            let guard: PyMappedRwLockReadGuard<'_, [u8]> = PyRwLockReadGuard::map(guard, Vec::as_slice);
            BorrowedValue::from(guard)
        },
        obj_bytes_mut: |buffer| {
            let guard = buffer.obj_as::<Array>().bytes.write();
            let guard: PyMappedRwLockWriteGuard<'_, [u8]> = PyRwLockWriteGuard::map(guard, Vec::as_mut_slice);
            BorrowedValueMut::from(guard)
        },
        release: |buffer| {
            buffer.obj_as::<Array>().exports.fetch_sub(1, SeqCst);
        },
        retain: |buffer| {
            buffer.obj_as::<Array>().exports.fetch_add(1, SeqCst);
        },
    };

    impl AsBuffer for Array {
        const RELEASE_BUFFER: bool = true;

        fn as_buffer(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<PyBuffer> {
            let length = zelf.bytes.read().len();
            let format = host_code(zelf.code).into();
            let descriptor = BufferDescriptor::format(length, false, zelf.size(), format);
            Ok(PyBuffer::new(zelf.to_owned().into(), descriptor, &BUFFER))
        }
    }

    impl AsMapping for Array {
        fn as_mapping() -> &'static PyMappingMethods {
            static METHODS: PyMappingMethods = PyMappingMethods {
                length: atomic_func!(|mapping, _vm| Ok(Array::mapping_downcast(mapping).length())),
                subscript: atomic_func!(|mapping, key, vm| Array::mapping_downcast(mapping).subscript(key, vm)),
                ass_subscript: atomic_func!(|mapping, key, value, vm| {
                    Array::mapping_downcast(mapping).assign(key, value.as_deref(), vm)
                }),
            };
            &METHODS
        }
    }

    impl AsSequence for Array {
        fn as_sequence() -> &'static PySequenceMethods {
            static METHODS: PySequenceMethods = PySequenceMethods {
                length: atomic_func!(|sequence, _vm| Ok(Array::sequence_downcast(sequence).length())),
                concat: atomic_func!(|sequence, other, vm| Array::sequence_downcast(sequence).concat(other, vm)),
                item: atomic_func!(|sequence, index, vm| Array::sequence_downcast(sequence).item(index, vm)),
                contains: atomic_func!(|_sequence, item, vm| {
                    let is_number = item.downcast_ref::<PyInt>().is_some() || item.downcast_ref::<PyFloat>().is_some();
                    if is_number { Err(bare(vm.ctx.exceptions.not_implemented_error, vm)) } else { Ok(false) }
                }),
                inplace_concat: atomic_func!(|sequence, other, vm| {
                    let array = Array::sequence_downcast(sequence);
                    Array::extend(array, other.to_owned(), vm)?;
                    Ok(array.to_owned().into())
                }),
                ..PySequenceMethods::NOT_IMPLEMENTED
            };
            &METHODS
        }
    }

    impl Comparable for Array {
        /// The bytes of both, where these say which is less (`typecode_for_comparison` of MicroPython's `py/objarray.c`).
        /// What has no memory is unequal.
        fn cmp(
            zelf: &Py<Self>,
            other: &PyObject,
            op: PyComparisonOp,
            vm: &VirtualMachine,
        ) -> PyResult<PyComparisonValue> {
            let code = match other.downcast_ref::<Self>() {
                Some(array) => Some(array.code),
                None => {
                    let bytes = other.downcast_ref::<PyBytes>().is_some();
                    (bytes || other.downcast_ref::<PyByteArray>().is_some()).then_some(b'B')
                }
            };
            let Some(code) = code else { return op.eq_only(|| Ok(PyComparisonValue::Implemented(false))) };
            let equality = matches!(op, PyComparisonOp::Eq | PyComparisonOp::Ne);
            if zelf.as_object().is(other) && equality {
                return Ok(PyComparisonValue::Implemented(op == PyComparisonOp::Eq));
            }
            let by_code = firmware::of(vm)?.array_compares_codes;
            if by_code && equality && other.downcast_ref::<PyBytes>().is_some() {
                return Ok(PyComparisonValue::Implemented(op == PyComparisonOp::Ne));
            }
            if by_code && !comparable([code, zelf.code], op) {
                return Err(bare(vm.ctx.exceptions.not_implemented_error, vm));
            }
            let theirs = TextOrBytes::try_from_object(vm, other.to_owned())?.borrow_bytes().to_vec();
            let ordering = zelf.bytes.read().as_slice().cmp(&theirs);
            if !by_code {
                return op.eq_only(|| Ok(PyComparisonValue::Implemented(ordering.is_eq())));
            }
            Ok(PyComparisonValue::Implemented(op.eval_ord(ordering)))
        }
    }

    impl Iterable for Array {
        fn iter(zelf: PyRef<Self>, vm: &VirtualMachine) -> PyResult {
            Ok(rustpython_vm::builtins::PySequenceIterator::new(zelf.into(), vm)?.into_pyobject(vm))
        }
    }

    impl Representable for Array {
        fn repr_str(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<String> {
            let code = char::from(zelf.code);
            let bytes = zelf.bytes.read().clone();
            if bytes.is_empty() {
                return Ok(format!("array('{code}')"));
            }
            let items = bytes.chunks(zelf.size()).map(|item| get(item, zelf.code, false, vm)).collect();
            let list = vm.ctx.new_list(items).as_object().repr(vm)?;
            Ok(format!("array('{code}', {list})"))
        }
    }
}
