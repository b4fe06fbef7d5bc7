//! What MicroPython says where the VM says something else: THE table of exception texts. No VM here, only strings.
//!
//! A pattern has to fit from end to end; `{}` stands for any text, and `{0}`, `{1}` put it into the replacement.
//! `{op0}` puts the name of a method for the operator, `{n1}` a number of arguments with the object of the method, if
//! it is one (its name is the first `{}`), `{1-2}` a difference. Source: the module contract, and MicroPython itself, built to
//! report errors as modules do (`MICROPY_ERROR_REPORTING_NORMAL`: functions are not named).

use crate::bridge::exceptions::patterns::{fill, holes};
use crate::bridge::exceptions::type_names;

/// A class, the VM's text, MicroPython's.
type Row = (&'static str, &'static str, &'static str);

/// Everything except syntax errors, which the compiler words (`runtime/src/dialect/refusal.rs`).
const TEXTS: &[Row] = &[
    ("AttributeError", "'{}' object has no attribute '{}' and no __dict__ for setting new attributes", NO_ATTRIBUTE),
    ("AttributeError", "'method' object has no attribute '{}'", "'bound_method' object has no attribute '{0}'"),
    ("AttributeError", "'{}' object has no attribute '{}'", NO_ATTRIBUTE),
    ("ImportError", "cannot import name '{}' from {}", "can't import name {0}"),
    ("IndexError", "list assignment index out of range", "list index out of range"),
    ("IndexError", "pop index out of range", "list index out of range"),
    ("IndexError", "index out of range", "bytes index out of range"),
    ("IndexError", "range object index out of range", "range index out of range"),
    ("IndexError", "Replacement index {} out of range for positional args tuple", "tuple index out of range"),
    ("NameError", "name '{}' is not defined", "name '{0}' isn't defined"),
    ("NameError", "local variable '{}' referenced before assignment", UNBOUND),
    (
        "NameError",
        "cannot access free variable '{}' where it is not associated with a value in enclosing scope",
        UNBOUND,
    ),
    ("OverflowError", "cannot convert float infinity to integer", "can't convert inf to int"),
    ("OverflowError", "int too big to convert", "buffer too small"),
    ("OverflowError", "Python int too large to convert to {}", LONG),
    ("OverflowError", "cannot fit 'int' into an index-sized integer", LONG),
    ("OverflowError", "int too large to convert{}", LONG),
    ("OverflowError", "timestamp too large to convert to {}", LONG),
    ("OverflowError", "index exceeds C integer size", LONG),
    ("OverflowError", "too many digits in integer", LONG),
    ("IndexError", "cannot fit 'int' into an index-sized integer", "index out of range"),
    ("RuntimeError", "maximum recursion depth exceeded{}", "maximum recursion depth exceeded"),
    ("RuntimeError", "No active exception to reraise", "no active exception to reraise"),
    ("RuntimeError", "dictionary changed size during iteration", "dictionary changed size during iteration"),
    // Operators.
    ("TypeError", "unsupported operand type(s) for {}: '{}' and '{}'", "unsupported types for {op0}: '{1}', '{2}'"),
    ("TypeError", "'{}' not supported between instances of '{}' and '{}'", "unsupported types for {op0}: '{1}', '{2}'"),
    ("TypeError", "bad operand type for abs(): '{}'", "unsupported type for __abs__: '{0}'"),
    ("TypeError", "bad operand type for {}: '{}'", "unsupported type for {op0}: '{1}'"),
    ("TypeError", "can only concatenate {} (not \"{}\") to {}", "unsupported types for __add__: '{0}', '{1}'"),
    ("TypeError", "can only concatenate {} (not '{}') to {}", "unsupported types for __add__: '{0}', '{1}'"),
    ("TypeError", "Cannot add {} and {}", "unsupported types for __add__: '{0}', '{1}'"),
    ("TypeError", "unhashable type: '{}'", UNHASHABLE),
    (
        "TypeError",
        "cannot use '{}' as a {} (unsupported type for __hash__: '{}')",
        "unsupported type for __hash__: '{2}'",
    ),
    // Calls.
    ("TypeError", "'{}' object is not callable", "'{0}' object isn't callable"),
    ("TypeError", "{}() takes from {} to {} positional arguments but {} {} given", TAKES_2_3),
    ("TypeError", "{}() takes {} positional argument but {} {} given", TAKES_1_2),
    ("TypeError", "{}() takes {} positional arguments but {} {} given", TAKES_1_2),
    ("TypeError", "{}() missing {} required keyword-only argument{}", "function missing keyword-only argument"),
    ("TypeError", "print() got an unexpected keyword argument '{}'", "extra keyword arguments given"),
    ("TypeError", "sort() got an unexpected keyword argument '{}'", "extra keyword arguments given"),
    ("TypeError", "{}() got an unexpected keyword argument '{}'", "unexpected keyword argument '{1}'"),
    ("TypeError", "{}() got multiple values for argument '{}'", "function got multiple values for argument '{1}'"),
    ("TypeError", "{} expected at least {} argument, got {}", AT_LEAST),
    ("TypeError", "{} expected at least {} arguments, got {}", AT_LEAST),
    ("TypeError", "{} expected at most {} argument, got {}", AT_MOST),
    ("TypeError", "{} expected at most {} arguments, got {}", AT_MOST),
    ("TypeError", "{} expected {} argument, got {}", NATIVE),
    ("TypeError", "{} expected {} arguments, got {}", NATIVE),
    ("TypeError", "{}() argument after * must be an iterable, not {}", "'{1}' object isn't iterable"),
    ("TypeError", "{}() takes no keyword arguments", "function doesn't take keyword arguments"),
    // Items and iteration.
    ("TypeError", "'{}' object is not iterable", "'{0}' object isn't iterable"),
    ("TypeError", "cannot unpack non-iterable {} object", "'{0}' object isn't iterable"),
    ("TypeError", "argument of type '{}' is not a container or iterable", "'{0}' object isn't iterable"),
    ("TypeError", "can only join an iterable", "object isn't iterable"),
    ("TypeError", "'{}' object is not an iterator", "'{0}' object isn't an iterator"),
    ("TypeError", "'{}' object is not subscriptable", "'{0}' object isn't subscriptable"),
    ("TypeError", "'{}' object does not support item assignment", "'{0}' object doesn't support item assignment"),
    ("TypeError", "'{}' object does not support item deletion", "'{0}' object doesn't support item deletion"),
    ("TypeError", "string indices must be integers, not '{}'", "string indices must be integers, not {0}"),
    ("TypeError", "{} indices must be integers or slices, not {}", "{0} indices must be integers, not {1}"),
    ("TypeError", "sequence item {}: expected {}, {} found", JOIN),
    ("TypeError", "'{}' object does not support the context manager protocol (missed {} method)", NO_ATTRIBUTE),
    ("TypeError", "exceptions must be classes or instances deriving from BaseException, not {}", RAISE),
    ("TypeError", "exceptions must derive from BaseException", RAISE),
    // Conversions.
    ("TypeError", "'{}' object cannot be interpreted as an integer", "can't convert {0} to int"),
    (
        "TypeError",
        "int() argument must be a string, a bytes-like object or a real number, not '{}'",
        "can't convert {0} to int",
    ),
    ("TypeError", "float() argument must be a string or a real number, not '{}'", "can't convert {0} to float"),
    ("TypeError", "type {} doesn't define __round__ method", "can't convert {0} to float"),
    ("TypeError", "must be real number, not {}", "can't convert {0} to float"),
    ("TypeError", "%{} format: a real number is required, not {}", "can't convert {1} to int"),
    ("TypeError", "%{} format: an integer is required, not {}", "can't convert {1} to int"),
    ("TypeError", "%c requires {}", "%c needs int or char"),
    ("TypeError", "not enough arguments for format string", "format string needs more arguments"),
    ("TypeError", "not all arguments converted during string formatting", "format string didn't convert all arguments"),
    ("TypeError", "not all arguments converted during bytes formatting", "format string didn't convert all arguments"),
    ("TypeError", "calling {} should have returned an instance of BaseException, not {}", RAISE),
    ("TypeError", "format requires a mapping", "format needs a dict"),
    ("TypeError", "Expected type 'str' but '{}' found.", "can't convert '{0}' object to str implicitly"),
    (
        "TypeError",
        "'in <string>' requires string as left operand, not {}",
        "can't convert '{0}' object to str implicitly",
    ),
    ("TypeError", "attribute name must be string, not '{}'", "can't convert '{0}' object to str implicitly"),
    ("TypeError", "Expected type 'int' but '{}' found.", "can't convert {0} to int"),
    ("TypeError", "Expected type 'float' but '{}' found.", "can't convert {0} to float"),
    ("TypeError", "a bytes-like object is required, not 'str'", "can't convert 'str' object to bytes implicitly"),
    ("TypeError", "a bytes-like object is required, not '{}'", "object with buffer protocol required"),
    (
        "TypeError",
        "argument should be integer or bytes-like object, not '{}'",
        "can't convert '{0}' object to bytes implicitly",
    ),
    (
        "TypeError",
        "startswith first arg must be str or a tuple of str, not {}",
        "can't convert '{0}' object to str implicitly",
    ),
    (
        "TypeError",
        "endswith first arg must be str or a tuple of str, not {}",
        "can't convert '{0}' object to str implicitly",
    ),
    ("TypeError", "memoryview: a bytes-like object is required, not '{}'", "object with buffer protocol required"),
    ("TypeError", "isinstance() arg 2 must be {}", "issubclass() arg 2 must be a class or a tuple of classes"),
    ("TypeError", "issubclass() arg 2 must be {}", "issubclass() arg 2 must be a class or a tuple of classes"),
    ("ValueError", "invalid literal for int() with base {}: {}", "invalid syntax for integer with base {0}"),
    ("ValueError", "could not convert string to float: {}", "invalid syntax for number"),
    ("ValueError", "cannot convert float NaN to integer", "can't convert NaN to int"),
    ("ValueError", "int() base must be >= 2 and <= 36, or 0", "int() arg 2 must be >= 2 and <= 36"),
    ("ValueError", "too many values to unpack (expected {}, got {})", "too many values to unpack (expected {0})"),
    ("ValueError", "not enough values to unpack (expected {}, got {})", "need more than {1} values to unpack"),
    ("ValueError", "{} is not in list", "object not in sequence"),
    ("ValueError", "list.remove(x): x not in list", "object not in sequence"),
    ("ValueError", "tuple.index(x): x not in tuple", "object not in sequence"),
    ("ValueError", "substring not found", "substring not found"),
    ("ValueError", "slice step cannot be zero", "slice step can't be zero"),
    ("ValueError", "range() arg 3 must not be zero", "zero step"),
    ("ValueError", "max() iterable argument is empty", "arg is an empty sequence"),
    ("ValueError", "min() iterable argument is empty", "arg is an empty sequence"),
    (
        "ValueError",
        "memoryview assignment: lvalue and rvalue have different structures",
        "lhs and rhs should be compatible",
    ),
    ("TypeError", "memoryview: invalid type for format '{}'", "can't convert to int"),
    ("ValueError", "bytes must be in range(0, 256)", "bytes value out of range"),
    (
        "ValueError",
        "Unknown format code '{}' for object of type '{}'",
        "unknown format code '{0}' for object of type '{1}'",
    ),
    ("ValueError", "Unknown conversion specifier {}", "unknown conversion specifier {0}"),
    ("ValueError", "cannot switch from {} to {}", "can't switch from {0} to {1}"),
    ("ValueError", "pow() 3rd argument cannot be 0", DIVIDE),
    ("ZeroDivisionError", "{}", DIVIDE),
];

const LONG: &str = "overflow converting long int to machine word";
const NO_ATTRIBUTE: &str = "'{0}' object has no attribute '{1}'";
const UNBOUND: &str = "local variable referenced before assignment";
const UNHASHABLE: &str = "unsupported type for __hash__: '{0}'";
const TAKES_1_2: &str = "function takes {1} positional arguments but {2} were given";
const TAKES_2_3: &str = "function takes {2} positional arguments but {3} were given";
const NATIVE: &str = "function takes {n1} positional arguments but {n2} were given";
const AT_LEAST: &str = "function missing {1-2} required positional arguments";
const AT_MOST: &str = "function expected at most {n1} arguments, got {n2}";
const JOIN: &str = "join expects a list of str/bytes objects consistent with self object";
const RAISE: &str = "exceptions must derive from BaseException";
const DIVIDE: &str = "divide by zero";

/// Where MicroPython 1.12 said something else. These come first there.
const TEXTS_OF_1_12: &[Row] = &[
    ("AttributeError", "module '{}' has no attribute '{}'", "'module' object has no attribute '{1}'"),
    ("TypeError", "unsupported operand type(s) for +: '{}' and 'str'", "can't convert '{0}' object to str implicitly"),
    ("TypeError", "can only concatenate str (not \"{}\") to str", "can't convert '{0}' object to str implicitly"),
];

/// The VM's name for what MicroPython calls a function, as it calls those of scripts.
const FUNCTION: &str = "builtin_function_or_method";

/// What MicroPython says instead of `text` of an exception of that class, if it differs.
#[must_use]
pub fn translate(class: &str, text: &str, of_1_12: bool) -> Option<String> {
    let older = if of_1_12 { TEXTS_OF_1_12 } else { &[] };
    let tables = [older, TEXTS];
    if text.contains(FUNCTION) {
        let text = text.replace(FUNCTION, "function");
        return Some(find(&tables, class, &text).unwrap_or(text));
    }
    let found = find(&tables, class, text);
    let text = found.as_deref().unwrap_or(text);
    type_names::in_text(text).or(found)
}

fn find(tables: &[&[Row]], class: &str, text: &str) -> Option<String> {
    let rows = tables.iter().flat_map(|table| table.iter()).filter(|row| row.0 == class);
    rows.into_iter().find_map(|(_, pattern, replacement)| fill(replacement, &holes(pattern, text)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_the_vm_become_those_of_micropython() {
        let cases = [
            ("NameError", "name 'x' is not defined", "name 'x' isn't defined"),
            (
                "TypeError",
                "unsupported operand type(s) for -=: 'str' and 'int'",
                "unsupported types for __sub__: 'str', 'int'",
            ),
            (
                "TypeError",
                "'>=' not supported between instances of 'A' and 'B'",
                "unsupported types for __ge__: 'A', 'B'",
            ),
            (
                "TypeError",
                "f() takes 0 positional arguments but 1 was given",
                "function takes 0 positional arguments but 1 were given",
            ),
            (
                "TypeError",
                "B.f() takes from 1 to 2 positional arguments but 3 were given",
                "function takes 2 positional arguments but 3 were given",
            ),
            ("ValueError", "not enough values to unpack (expected 2, got 1)", "need more than 1 values to unpack"),
            ("ValueError", "invalid literal for int() with base 16: 'x'", "invalid syntax for integer with base 16"),
            ("AttributeError", "'usocket.socket' object has no attribute 'x'", "'socket' object has no attribute 'x'"),
            ("TypeError", "len expected 1 argument, got 2", "function takes 1 positional arguments but 2 were given"),
            (
                "TypeError",
                "append expected 1 argument, got 2",
                "function takes 2 positional arguments but 3 were given",
            ),
            (
                "TypeError",
                "getattr expected at least 2 arguments, got 1",
                "function missing 1 required positional arguments",
            ),
            ("ZeroDivisionError", "integer modulo by zero", "divide by zero"),
            (
                "OverflowError",
                "Python int too large to convert to Rust isize",
                "overflow converting long int to machine word",
            ),
            (
                "TypeError",
                "can't convert 'builtin_function_or_method' object to str implicitly",
                "can't convert 'function' object to str implicitly",
            ),
            (
                "AttributeError",
                "'builtin_function_or_method' object has no attribute 'x'",
                "'function' object has no attribute 'x'",
            ),
        ];
        for (class, said, expected) in cases {
            assert_eq!(translate(class, said, false).as_deref(), Some(expected));
        }
        let older = translate("TypeError", "unsupported operand type(s) for +: 'int' and 'str'", true);
        assert_eq!(older.as_deref(), Some("can't convert 'int' object to str implicitly"));
    }

    #[test]
    fn other_texts_stay() {
        for (class, text) in [
            ("ValueError", "name 'x' is not defined"),
            ("NameError", "the name 'x' is not defined"),
            ("NameError", "name 'x' is not defined here"),
            ("TypeError", "unsupported operand type(s) for nothing: 'a' and 'b'"),
            ("TypeError", ""),
        ] {
            assert_eq!(translate(class, text, false), None, "{text}");
        }
    }
}
