//! Texts and their UTF-8. MicroPython has no other coding; most firmware ignores the name of one.

mod ascii;

pub(crate) use ascii::install as install_ascii;

use super::original::{Original, native};
use quecpy_modules::bridge::firmware;
use quecpy_usocket::text;
use rustpython_vm::builtins::{PyBaseExceptionRef, PyBytes, PyDict, PyInt, PyStr, PyStrRef, PyType, PyTypeRef};
use rustpython_vm::function::{ArgBytesLike, Callee, FuncArgs};
use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, PyPayload, PyResult, TryFromObject, VirtualMachine};

pub(super) fn install(vm: &VirtualMachine) {
    let types = &vm.ctx.types;
    types.str_type.set_str_attr("encode", vm.new_method("encode", types.str_type, encode), &vm.ctx);
    let decoding = |class: &'static Py<PyType>| {
        class.set_str_attr("decode", vm.new_method("decode", class, decode), &vm.ctx);
    };
    decoding(types.bytes_type);
    decoding(types.bytearray_type);
    // Of firmware whose texts are bytes (`absent`): what is there already is returned.
    let itself = |class: &'static Py<PyType>, name: &'static str| {
        let itself = |object: PyObjectRef, args: FuncArgs, vm: &VirtualMachine| check(&args, vm).map(|()| object);
        class.set_str_attr(name, vm.new_method(name, class, itself), &vm.ctx);
    };
    itself(types.str_type, "decode");
    itself(types.bytes_type, "encode");
    NEW_TEXT.keep(types.str_type.slots().new.swap(Some(new_text)));
    MODULO.keep(types.str_type.slots().as_number.remainder.swap(Some(modulo)));
    NEW_BYTES.keep(types.bytes_type.slots().new.swap(Some(new_bytes)));
    for class in [types.str_type, types.bytes_type, types.bytearray_type] {
        for name in ["split", "rsplit"] {
            restrict(class, name, vm);
        }
    }
}

/// MicroPython's own functions take no keywords, and these are the ones of texts that the VM gives names to.
fn restrict(class: &'static Py<PyType>, name: &'static str, vm: &VirtualMachine) {
    let Some(method) = native(class, name, vm) else { return };
    let strict = move |args: FuncArgs, vm: &VirtualMachine| -> PyResult {
        if !args.kwargs.is_empty() {
            return Err(no_keywords(vm));
        }
        if let [_, separator, times] = args.args.as_slice()
            && name == "rsplit"
            && vm.is_none(separator)
            && times.downcast_ref::<PyInt>().is_some_and(|n| n.try_to_primitive::<i64>(vm).is_ok_and(|n| n >= 0))
        {
            return Err(vm.new_not_implemented_error("rsplit(None,n)"));
        }
        (method.func)(vm, args, Callee::named(method.name).with_instance_arg(true))
    };
    class.set_str_attr(name, vm.new_method(name, class, strict), &vm.ctx);
}

type New = fn(PyTypeRef, FuncArgs, &VirtualMachine) -> PyResult;
type Binary = fn(&PyObject, &PyObject, &VirtualMachine) -> PyResult;

static MODULO: Original<Binary> = Original::new();

/// `'%s %(a)s' % {'a': 1}`: one may stand for the whole dict, before the first that takes a key (`py/objstr.c`).
fn modulo(format: &PyObject, value: &PyObject, vm: &VirtualMachine) -> PyResult {
    let result = MODULO.get(vm)?(format, value, vm);
    if let Err(error) = &result
        && error.fast_isinstance(vm.ctx.exceptions.type_error)
        && let Some(names) = value.downcast_ref::<PyDict>()
        && let Some(keyed) = format.downcast_ref::<PyStr>().and_then(|text| all_keyed(text.to_str()?))
    {
        let names = names.copy().into_ref(&vm.ctx);
        names.set_item(WHOLE, value.to_owned(), vm)?;
        return MODULO.get(vm)?(vm.ctx.new_str(keyed).as_object(), names.as_object(), vm);
    }
    result
}

/// The key of the whole dict.
const WHOLE: &str = "\0";

/// A format whose first place takes no key, with one.
fn all_keyed(format: &str) -> Option<String> {
    let places: Vec<usize> = format.match_indices('%').map(|(at, _)| at + 1).collect();
    let keyed = |at: &usize| format[*at..].starts_with('(');
    let (first, rest) = places.split_first()?;
    let mixed = !keyed(first) && !rest.is_empty() && rest.iter().all(keyed);
    mixed.then(|| format!("{}({WHOLE}){}", &format[..*first], &format[*first..]))
}

/// What the types did before.
static NEW_TEXT: Original<New> = Original::new();
static NEW_BYTES: Original<New> = Original::new();

/// `str(b'a', 'utf8')`
fn new_text(class: PyTypeRef, mut args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    if !args.kwargs.is_empty() && class.is(vm.ctx.types.str_type) {
        return Err(keywords_not_implemented(vm));
    }
    match args.args.as_slice() {
        [object] => {
            if let Some(text) = text_of(object, vm)? {
                args.args = vec![text];
            }
        }
        // A text with a coding stays what it is.
        [text, ..] if text.downcast_ref::<PyStr>().is_some() => args.args.truncate(1),
        [bytes, rest @ ..] if rest.len() <= 2 => {
            let Ok(bytes) = ArgBytesLike::try_from_object(vm, bytes.clone()) else {
                return Err(vm.new_type_error("object with buffer protocol required"));
            };
            args.args = vec![decoded(&bytes, rest, vm)?.into()];
        }
        _ => {}
    }
    NEW_TEXT.get(vm)?(class, args, vm)
}

/// What a script's own `__str__` or `__repr__` returns, if the VM would not take it as it is: MicroPython prints what it
/// gets, and makes a plain text of it.
fn text_of(object: &PyObject, vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
    if object.class().heaptype_ext().is_none() || object.downcast_ref::<PyStr>().is_some() {
        return Ok(None);
    }
    Ok(Some(super::stringify::text(object, vm)?.into()))
}

/// `bytes('a', 'utf8')`
fn new_bytes(class: PyTypeRef, mut args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    if !args.kwargs.is_empty() && class.is(vm.ctx.types.bytes_type) {
        return Err(keywords_not_implemented(vm));
    }
    if args.args.len() > 3 {
        return Err(vm.new_type_error(format!("function expected at most 3 arguments, got {}", args.args.len())));
    }
    if args.args.len() > 1
        && let Ok(text) = args.args[0].clone().downcast::<PyStr>()
    {
        let bytes = encoded(&text, args.args.get(1), vm)?;
        args.args = vec![vm.ctx.new_bytes(bytes).into()];
    } else if args.args.len() > 1 && args.args[0].downcast_ref::<PyBytes>().is_some() {
        // Only a text has a coding.
        args.args.truncate(1);
    }
    NEW_BYTES.get(vm)?(class, args, vm)
}

/// No keywords, and at most the names of a coding and of what to do about errors.
fn check(args: &FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
    match (args.kwargs.is_empty(), args.args.len()) {
        (true, 0..=2) => Ok(()),
        (true, n) => Err(vm.new_type_error(format!("function expected at most 3 arguments, got {}", n + 1))),
        _ => Err(no_keywords(vm)),
    }
}

fn no_keywords(vm: &VirtualMachine) -> PyBaseExceptionRef {
    vm.new_type_error("function doesn't take keyword arguments")
}

fn keywords_not_implemented(vm: &VirtualMachine) -> PyBaseExceptionRef {
    vm.new_not_implemented_error("keyword argument(s) not implemented - use normal args instead")
}

/// Whether it is ASCII that is wanted. Firmware that looks at names knows three.
fn is_ascii(coding: Option<&PyObjectRef>, vm: &VirtualMachine) -> PyResult<bool> {
    let Some(coding) = coding.filter(|_| firmware::of(vm).is_ok_and(|f| f.checks_codings)) else { return Ok(false) };
    let Some(name) = coding.downcast_ref::<PyStr>() else {
        let class = coding.class().name().to_owned();
        return Err(vm.new_type_error(format!("can't convert '{class}' object to str implicitly")));
    };
    match name.as_bytes() {
        b"utf-8" | b"utf8" => Ok(false),
        b"ascii" => Ok(true),
        _ => {
            let class = vm.ctx.exceptions.lookup_error.to_owned();
            Err(vm.new_exception_msg(class, format!("unknown encoding: {name}").into()))
        }
    }
}

fn encode(text: PyStrRef, args: FuncArgs, vm: &VirtualMachine) -> PyResult<Vec<u8>> {
    check(&args, vm)?;
    encoded(&text, args.args.first(), vm)
}

fn encoded(text: &Py<PyStr>, coding: Option<&PyObjectRef>, vm: &VirtualMachine) -> PyResult<Vec<u8>> {
    if is_ascii(coding, vm)? && !text.kind().is_ascii() {
        return Err(unicode_error(vm));
    }
    Ok(text::bytes_of(text, vm).into_owned())
}

fn decode(bytes: ArgBytesLike, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyStrRef> {
    check(&args, vm)?;
    decoded(&bytes, &args.args, vm)
}

/// The text of bytes. `how`: a coding, and what to do about what is no text.
fn decoded(bytes: &ArgBytesLike, how: &[PyObjectRef], vm: &VirtualMachine) -> PyResult<PyStrRef> {
    let bytes = bytes.borrow_buf();
    let ascii = is_ascii(how.first(), vm)?;
    let errors = how.get(1).filter(|_| firmware::of(vm).is_ok_and(|f| f.checks_codings));
    match text::from_bytes(&bytes, vm) {
        Some(text) if !ascii || bytes.is_ascii() => Ok(text),
        _ => match errors.and_then(|errors| errors.downcast_ref::<PyStr>()).map(|errors| errors.as_bytes()) {
            Some(b"ignore") => Ok(vm.ctx.new_str(lenient(&bytes, ascii, None))),
            Some(b"replace") => Ok(vm.ctx.new_str(lenient(&bytes, ascii, Some(char::REPLACEMENT_CHARACTER)))),
            _ => Err(unicode_error(vm)),
        },
    }
}

/// What can be read; for each other sequence of bytes `instead`.
fn lenient(bytes: &[u8], ascii: bool, instead: Option<char>) -> String {
    let mut out = String::new();
    if ascii {
        out.extend(bytes.iter().filter_map(|b| if b.is_ascii() { Some(char::from(*b)) } else { instead }));
        return out;
    }
    for chunk in bytes.utf8_chunks() {
        out.push_str(chunk.valid());
        out.extend(instead.filter(|_| !chunk.invalid().is_empty()));
    }
    out
}

fn unicode_error(vm: &VirtualMachine) -> PyBaseExceptionRef {
    vm.new_exception(vm.ctx.exceptions.unicode_error.to_owned(), vec![])
}

#[cfg(test)]
mod tests {
    use super::{all_keyed, lenient};

    #[test]
    fn only_the_first_place_may_lack_a_key() {
        assert_eq!(all_keyed("%s %(a)s").as_deref(), Some("%(\0)s %(a)s"));
        assert_eq!(all_keyed("%(a)s %s"), None);
        assert_eq!(all_keyed("%s"), None);
    }

    #[test]
    fn what_is_no_text_is_left_out_or_replaced() {
        assert_eq!(lenient(b"a\xffb\xc3", false, None), "ab");
        assert_eq!(lenient(b"a\xffb\xc3", false, Some('?')), "a?b?");
        assert_eq!(lenient("é".as_bytes(), true, Some('?')), "??");
    }
}
