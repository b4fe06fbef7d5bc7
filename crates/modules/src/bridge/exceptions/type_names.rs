//! What MicroPython calls the VM's types. No VM here, only strings. Source: `py/objfun.c`, `py/objboundmeth.c`,
//! `py/objgenerator.c`, `py/objpolyiter.c`, `py/objdict.c`, `py/objsingleton.c`.

/// The VM's name and MicroPython's.
const NAMES: &[(&str, &str)] = &[
    ("NotImplementedType", ""),
    ("async_generator", "generator"),
    ("builtin_function_or_method", "function"),
    ("bytearray_iterator", "iterator"),
    ("bytes_iterator", "iterator"),
    ("callable_iterator", "iterator"),
    ("classmethod_descriptor", "function"),
    ("coroutine", "generator"),
    ("dict_itemiterator", "iterator"),
    ("dict_items", "dict_view"),
    ("dict_keyiterator", "iterator"),
    ("dict_keys", "dict_view"),
    ("dict_valueiterator", "iterator"),
    ("dict_values", "dict_view"),
    ("ellipsis", ""),
    ("list_iterator", "iterator"),
    ("list_reverseiterator", "reversed"),
    ("longrange_iterator", "iterator"),
    ("mappingproxy", "dict"),
    ("memory_iterator", "iterator"),
    ("method", "bound_method"),
    ("method-wrapper", "bound_method"),
    ("method_descriptor", "function"),
    ("range_iterator", "iterator"),
    ("set_iterator", "iterator"),
    ("str_ascii_iterator", "iterator"),
    ("str_iterator", "iterator"),
    ("tuple_iterator", "iterator"),
    ("wrapper_descriptor", "function"),
];

/// A name as MicroPython has it.
#[must_use]
pub fn shown(name: &str) -> &str {
    NAMES.binary_search_by(|row| row.0.cmp(name)).map_or(name, |at| NAMES[at].1)
}

/// A text of an exception in which an object is said to be of a type: `'list_iterator' object ...`.
#[must_use]
pub fn in_text(text: &str) -> Option<String> {
    if text.starts_with("unsupported type") {
        return of_operator(text);
    }
    let rest = text.strip_prefix('\'')?;
    let (name, rest) = rest.split_once("' object ")?;
    let shown = shown(name);
    (shown != name).then(|| format!("'{shown}' object {rest}"))
}

/// `unsupported types for __add__: 'dict_keys', 'int'`
fn of_operator(text: &str) -> Option<String> {
    // Names are every second part.
    let parts: Vec<&str> = text.split('\'').collect();
    let shown: Vec<&str> =
        parts.iter().enumerate().map(|(i, part)| if i % 2 == 1 { shown(part) } else { part }).collect();
    (shown != parts).then(|| shown.join("'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted() {
        assert!(NAMES.is_sorted());
    }

    #[test]
    fn types_that_only_the_vm_has() {
        assert_eq!(shown("list_iterator"), "iterator");
        assert_eq!(shown("list"), "list");
        assert_eq!(
            in_text("'dict_keys' object isn't subscriptable").as_deref(),
            Some("'dict_view' object isn't subscriptable")
        );
        assert_eq!(
            in_text("unsupported types for __and__: 'dict_keys', 'set'").as_deref(),
            Some("unsupported types for __and__: 'dict_view', 'set'")
        );
        assert_eq!(in_text("unsupported types for __and__: 'int', 'set'"), None);
        assert_eq!(in_text("name 'method' isn't defined"), None);
    }
}
