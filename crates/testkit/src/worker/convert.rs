//! JSON to Python objects and back, for what the worker and its Python half tell each other.

use quecpy_usocket::text;
use rustpython_vm::builtins::{PyDict, PyFloat, PyInt, PyList, PyStr, PyTuple};
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyResult, VirtualMachine};
use serde_json::{Map, Number, Value};

/// JSON as Python has it.
///
/// # Errors
/// Those of filling a dict.
pub fn to_python(value: &Value, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    Ok(match value {
        Value::Null => vm.ctx.none(),
        Value::Bool(b) => vm.ctx.new_bool(*b).into(),
        Value::Number(n) => match n.as_i64() {
            Some(n) => vm.ctx.new_int(n).into(),
            None => vm.ctx.new_float(n.as_f64().unwrap_or(0.0)).into(),
        },
        Value::String(s) => text::of_host(s, vm).into(),
        Value::Array(all) => {
            let all = all.iter().map(|v| to_python(v, vm)).collect::<PyResult<Vec<_>>>()?;
            vm.ctx.new_list(all).into()
        }
        Value::Object(all) => {
            let dict = vm.ctx.new_dict();
            for (key, value) in all {
                dict.set_item(&*text::of_host(key, vm), to_python(value, vm)?, vm)?;
            }
            dict.into()
        }
    })
}

/// A Python object as JSON; what has no form there becomes its `str`.
///
/// # Errors
/// Those of `str`.
pub fn to_json(object: &PyObject, vm: &VirtualMachine) -> PyResult<Value> {
    if vm.is_none(object) {
        return Ok(Value::Null);
    }
    if object.fast_isinstance(vm.ctx.types.bool_type) {
        return Ok(Value::Bool(object.to_owned().try_to_bool(vm)?));
    }
    if let Some(text) = object.downcast_ref::<PyStr>() {
        return Ok(Value::String(text::to_host_lossy(text, vm)));
    }
    if let Some(n) = object.downcast_ref::<PyInt>()
        && let Ok(n) = n.try_to_primitive::<i64>(vm)
    {
        return Ok(Value::Number(n.into()));
    }
    if let Some(f) = object.downcast_ref::<PyFloat>() {
        return Ok(Number::from_f64(f.to_f64()).map_or(Value::Null, Value::Number));
    }
    let all = |items: &[PyObjectRef]| items.iter().map(|o| to_json(o, vm)).collect::<PyResult<_>>().map(Value::Array);
    if let Some(list) = object.downcast_ref::<PyList>() {
        let items = list.borrow_vec().to_vec();
        return all(&items);
    }
    if let Some(tuple) = object.downcast_ref::<PyTuple>() {
        return all(tuple.as_slice());
    }
    if let Ok(dict) = object.to_owned().downcast::<PyDict>() {
        let mut map = Map::new();
        for (key, value) in dict {
            map.insert(text::to_host_lossy(&*key.str(vm)?, vm), to_json(&value, vm)?);
        }
        return Ok(Value::Object(map));
    }
    Ok(Value::String(text::to_host_lossy(&*object.str(vm)?, vm)))
}

/// Numbers as bytes.
pub(crate) fn octets(numbers: &[Value]) -> Vec<u8> {
    numbers.iter().filter_map(|n| n.as_u64().and_then(|n| u8::try_from(n).ok())).collect()
}
