//! `ujson`: JSON with MicroPython's leniency (the module contract, std, ujson).

pub(crate) use ujson::module_def as definition;

#[rustpython_vm::pymodule]
mod ujson {
    use crate::bridge::{firmware, heap};
    use crate::stdlib::files::stream;
    use quecpy_usocket::text::{self, TextOrBytes};
    use rustpython_vm::builtins::{PyBytes, PyDict, PyDictRef, PyList, PyStr, PyStrRef, PyTuple};
    use rustpython_vm::function::OptionalArg;
    use rustpython_vm::{AsObject, FromArgs, PyObject, PyObjectRef, PyResult, TryFromObject, VirtualMachine};
    use std::io::Write;

    /// The most levels of nesting that are read or written: a module's stack ends before.
    const DEEPEST: usize = 200;

    #[derive(FromArgs)]
    struct Separators {
        #[pyarg(named, optional)]
        separators: OptionalArg<PyObjectRef>,
    }

    impl Separators {
        fn texts(&self, vm: &VirtualMachine) -> PyResult<(Vec<u8>, Vec<u8>)> {
            if self.separators.is_present() && !firmware::of(vm)?.json_separators {
                return Err(vm.new_type_error("unexpected keyword argument 'separators'"));
            }
            let Some(pair) = self.separators.as_ref().into_option().filter(|s| !vm.is_none(s)) else {
                return Ok((", ".into(), ": ".into()));
            };
            match vm.extract_elements_with(pair, |o| PyStrRef::try_from_object(vm, o))?.as_slice() {
                [item, key] => Ok((text::bytes_of(item, vm).into_owned(), text::bytes_of(key, vm).into_owned())),
                _ => Err(vm.new_value_error("separators must be two: of items and of keys")),
            }
        }
    }

    #[pyfunction]
    fn dumps(object: PyObjectRef, separators: Separators, vm: &VirtualMachine) -> PyResult<PyStrRef> {
        let (item, key) = separators.texts(vm)?;
        let mut writer = Writer { out: Vec::new(), item, key, vm };
        writer.value(&object, 0)?;
        Ok(text::from_bytes_lossy(&writer.out, vm))
    }

    #[pyfunction]
    fn dump(object: PyObjectRef, stream: PyObjectRef, separators: Separators, vm: &VirtualMachine) -> PyResult<()> {
        let text = dumps(object, separators, vm)?;
        vm.call_method(&stream, "write", (text,))?;
        Ok(())
    }

    struct Writer<'a> {
        out: Vec<u8>,
        item: Vec<u8>,
        key: Vec<u8>,
        vm: &'a VirtualMachine,
    }

    impl Writer<'_> {
        fn value(&mut self, object: &PyObject, depth: usize) -> PyResult<()> {
            let vm = self.vm;
            if depth > DEEPEST {
                return Err(vm.new_recursion_error("maximum recursion depth exceeded"));
            }
            vm.check_signals()?;
            // A list that holds another one twice, and so on, is small and its text is not.
            heap::check(self.out.len(), vm)?;
            if let Some(text) = object.downcast_ref::<PyStr>() {
                self.string(&text::bytes_of(text, vm));
            } else if let Some(dict) = object.downcast_ref::<PyDict>() {
                self.out.push(b'{');
                let dict: PyDictRef = dict.to_owned();
                for (i, (key, value)) in dict.into_iter().enumerate() {
                    self.separate(i);
                    self.key(&key)?;
                    self.out.extend_from_slice(&self.key);
                    self.value(&value, depth + 1)?;
                }
                self.out.push(b'}');
            } else if let Some(list) = object.downcast_ref::<PyList>() {
                let items = list.borrow_vec().to_vec();
                self.items(&items, depth)?;
            } else if let Some(tuple) = object.downcast_ref::<PyTuple>() {
                self.items(tuple.as_slice(), depth)?;
            } else if let Some(bytes) = object.downcast_ref::<PyBytes>() {
                self.string(bytes.as_bytes());
            } else {
                self.scalar(object)?;
            }
            Ok(())
        }

        fn scalar(&mut self, object: &PyObject) -> PyResult<()> {
            let vm = self.vm;
            if vm.is_none(object) {
                self.out.extend_from_slice(b"null");
            } else if object.is(&vm.ctx.true_value) {
                self.out.extend_from_slice(b"true");
            } else if object.is(&vm.ctx.false_value) {
                self.out.extend_from_slice(b"false");
            } else {
                // Numbers as they print; anything else, too: MicroPython refuses no type.
                let text = object.str(vm)?;
                self.out.extend_from_slice(&text::bytes_of(&text, vm));
            }
            Ok(())
        }

        fn items(&mut self, items: &[PyObjectRef], depth: usize) -> PyResult<()> {
            self.out.push(b'[');
            for (i, item) in items.iter().enumerate() {
                self.separate(i);
                self.value(item, depth + 1)?;
            }
            self.out.push(b']');
            Ok(())
        }

        fn separate(&mut self, i: usize) {
            if i > 0 {
                self.out.extend_from_slice(&self.item);
            }
        }

        /// Keys that are not text are written as text.
        fn key(&mut self, key: &PyObject) -> PyResult<()> {
            if let Some(text) = key.downcast_ref::<PyStr>() {
                self.string(&text::bytes_of(text, self.vm));
                return Ok(());
            }
            self.out.push(b'"');
            self.scalar(key)?;
            self.out.push(b'"');
            Ok(())
        }

        fn string(&mut self, text: &[u8]) {
            self.out.push(b'"');
            for b in text.iter().copied() {
                match b {
                    b'"' => self.out.extend_from_slice(b"\\\""),
                    b'\\' => self.out.extend_from_slice(b"\\\\"),
                    b'\n' => self.out.extend_from_slice(b"\\n"),
                    b'\r' => self.out.extend_from_slice(b"\\r"),
                    b'\t' => self.out.extend_from_slice(b"\\t"),
                    b if b < b' ' => {
                        // Writing to a Vec cannot fail.
                        let _ = write!(self.out, "\\u{b:04x}");
                    }
                    b => self.out.push(b),
                }
            }
            self.out.push(b'"');
        }
    }

    #[pyfunction]
    fn loads(text: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let Ok(text) = TextOrBytes::try_from_object(vm, text) else {
            return Err(vm.new_type_error("object with buffer protocol required"));
        };
        // A copy: nothing is borrowed while another thread may run.
        let bytes = text.borrow_bytes().to_vec();
        parse(&bytes, vm)
    }

    #[pyfunction]
    fn load(stream: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        parse(&stream::read_to_end(&stream, vm)?, vm)
    }

    fn parse(bytes: &[u8], vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let mut reader = Reader { bytes, at: 0, vm };
        let value = reader.value(0)?;
        reader.blanks();
        if reader.at < bytes.len() { Err(reader.bad()) } else { Ok(value) }
    }

    struct Reader<'a> {
        bytes: &'a [u8],
        at: usize,
        vm: &'a VirtualMachine,
    }

    impl Reader<'_> {
        fn bad(&self) -> rustpython_vm::builtins::PyBaseExceptionRef {
            self.vm.new_value_error("syntax error in JSON")
        }

        fn peek(&self) -> Option<u8> {
            self.bytes.get(self.at).copied()
        }

        fn blanks(&mut self) {
            while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
                self.at += 1;
            }
        }

        /// Commas and colons count as blanks, as in MicroPython.
        fn punctuation(&mut self) {
            while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r' | b',' | b':')) {
                self.at += 1;
            }
        }

        fn word(&mut self, word: &str, value: PyObjectRef) -> PyResult<PyObjectRef> {
            if !self.bytes[self.at..].starts_with(word.as_bytes()) {
                return Err(self.bad());
            }
            self.at += word.len();
            Ok(value)
        }

        fn value(&mut self, depth: usize) -> PyResult<PyObjectRef> {
            let vm = self.vm;
            if depth > DEEPEST {
                return Err(vm.new_recursion_error("maximum recursion depth exceeded"));
            }
            vm.check_signals()?;
            self.punctuation();
            match self.peek() {
                Some(b'n') => self.word("null", vm.ctx.none()),
                Some(b't') => self.word("true", vm.ctx.new_bool(true).into()),
                Some(b'f') => self.word("false", vm.ctx.new_bool(false).into()),
                Some(b'"') => Ok(self.string()?.into()),
                Some(b'-' | b'0'..=b'9') => self.number(),
                Some(b'[') => {
                    self.at += 1;
                    let mut items = Vec::new();
                    while !self.closed()? {
                        items.push(self.value(depth + 1)?);
                    }
                    Ok(vm.ctx.new_list(items).into())
                }
                Some(b'{') => {
                    self.at += 1;
                    let dict = vm.ctx.new_dict();
                    while !self.closed()? {
                        self.punctuation();
                        if matches!(self.peek(), Some(b'[' | b'{')) {
                            return Err(self.bad());
                        }
                        let key = self.value(depth + 1)?;
                        let value = self.value(depth + 1)?;
                        dict.set_item(&*key, value, vm)?;
                    }
                    Ok(dict.into())
                }
                _ => Err(self.bad()),
            }
        }

        /// Takes a closing bracket of either kind.
        fn closed(&mut self) -> PyResult<bool> {
            self.punctuation();
            match self.peek() {
                Some(b']' | b'}') => {
                    self.at += 1;
                    Ok(true)
                }
                Some(_) => Ok(false),
                None if firmware::of(self.vm)?.json_unclosed => Ok(true),
                None => Err(self.bad()),
            }
        }

        fn number(&mut self) -> PyResult<PyObjectRef> {
            let start = self.at;
            let mut float = false;
            while let Some(b) = self.peek() {
                match b {
                    b'0'..=b'9' | b'-' | b'+' => {}
                    b'.' | b'e' | b'E' => float = true,
                    _ => break,
                }
                self.at += 1;
            }
            let vm = self.vm;
            let digits = self.bytes[start..self.at].strip_prefix(b"-").unwrap_or(&self.bytes[start..self.at]);
            if !float && (digits.is_empty() || !digits.iter().all(u8::is_ascii_digit)) {
                return Err(vm.new_value_error("invalid syntax for integer with base 10"));
            }
            let text = vm.ctx.new_str(String::from_utf8_lossy(&self.bytes[start..self.at]).into_owned());
            let class = if float { vm.ctx.types.float_type } else { vm.ctx.types.int_type };
            class.as_object().call((text,), vm)
        }

        fn string(&mut self) -> PyResult<PyStrRef> {
            self.at += 1;
            let mut out = Vec::new();
            loop {
                let b = self.peek().ok_or_else(|| self.bad())?;
                self.at += 1;
                match b {
                    b'"' => break,
                    b'\\' => self.escape(&mut out)?,
                    b => out.push(b),
                }
            }
            text::from_bytes(&out, self.vm).ok_or_else(|| self.bad())
        }

        fn escape(&mut self, out: &mut Vec<u8>) -> PyResult<()> {
            let b = self.peek().ok_or_else(|| self.bad())?;
            self.at += 1;
            match b {
                b'b' => out.push(8),
                b'f' => out.push(12),
                b'n' => out.push(b'\n'),
                b'r' => out.push(b'\r'),
                b't' => out.push(b'\t'),
                b'u' => {
                    let mut code = self.hex4()?;
                    if text::is_bytes(self.vm) {
                        // One byte, whatever the number.
                        out.push(code.to_le_bytes()[0]);
                        return Ok(());
                    }
                    // A pair of surrogates is one character; MicroPython keeps two halves that no text can hold.
                    if (0xd800..0xdc00).contains(&code) && self.bytes[self.at..].starts_with(b"\\u") {
                        self.at += 2;
                        let low = self.hex4()?;
                        code = 0x10000 + ((code - 0xd800) << 10) + (low.wrapping_sub(0xdc00) & 0x3ff);
                    }
                    let c = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
                    out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                }
                b => out.push(b),
            }
            Ok(())
        }

        fn hex4(&mut self) -> PyResult<u32> {
            let digits = self.bytes.get(self.at..self.at + 4).and_then(|d| std::str::from_utf8(d).ok());
            let code = digits.and_then(|d| u32::from_str_radix(d, 16).ok()).ok_or_else(|| self.bad())?;
            self.at += 4;
            Ok(code)
        }
    }
}
