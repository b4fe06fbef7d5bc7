//! How a row of the table of exception texts is matched and filled; `texts` says what its signs mean.

/// Operators and the methods that MicroPython names instead.
const OPERATORS: &[(&str, &str)] = &[
    ("+", "__add__"),
    ("-", "__sub__"),
    ("*", "__mul__"),
    ("/", "__truediv__"),
    ("//", "__floordiv__"),
    ("%", "__mod__"),
    ("divmod()", "__divmod__"),
    ("** or pow()", "__pow__"),
    ("**", "__pow__"),
    ("@", "__matmul__"),
    ("<<", "__lshift__"),
    (">>", "__rshift__"),
    ("&", "__and__"),
    ("|", "__or__"),
    ("^", "__xor__"),
    ("<", "__lt__"),
    ("<=", "__le__"),
    (">", "__gt__"),
    (">=", "__ge__"),
    ("unary +", "__pos__"),
    ("unary -", "__neg__"),
    ("unary ~", "__invert__"),
];

/// Methods of built-in types: with them MicroPython counts the object as the first argument.
const METHODS: &[&str] = &[
    "append",
    "clear",
    "copy",
    "count",
    "decode",
    "difference",
    "discard",
    "encode",
    "endswith",
    "extend",
    "find",
    "format",
    "get",
    "index",
    "insert",
    "intersection",
    "isalpha",
    "isdigit",
    "islower",
    "isspace",
    "isupper",
    "items",
    "join",
    "keys",
    "lower",
    "lstrip",
    "pop",
    "popitem",
    "remove",
    "replace",
    "reverse",
    "rfind",
    "rindex",
    "rsplit",
    "rstrip",
    "send",
    "setdefault",
    "split",
    "startswith",
    "strip",
    "throw",
    "to_bytes",
    "union",
    "update",
    "upper",
    "values",
];

/// What stands in `text` where the pattern has `{}`.
pub fn holes<'a>(pattern: &str, text: &'a str) -> Option<Vec<&'a str>> {
    let mut pieces = pattern.split("{}");
    let mut rest = text.strip_prefix(pieces.next()?)?;
    let mut found = Vec::new();
    let mut pieces = pieces.peekable();
    while let Some(piece) = pieces.next() {
        let end = if pieces.peek().is_none() { rest.strip_suffix(piece)?.len() } else { rest.find(piece)? };
        found.push(last_name(&rest[..end]));
        rest = &rest[end + piece.len()..];
    }
    rest.is_empty().then_some(found)
}

/// `socket` of `usocket.socket`: MicroPython's types are named without their modules.
fn last_name(text: &str) -> &str {
    let is_name = |part: &str| {
        part.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && part.chars().all(|c| c.is_alphanumeric() || c == '_')
    };
    if text.split('.').all(is_name) { text.rsplit('.').next().unwrap_or(text) } else { text }
}

/// The replacement with what was found.
pub fn fill(replacement: &str, holes: &[&str]) -> Option<String> {
    let mut text = replacement.to_owned();
    for (i, hole) in holes.iter().enumerate() {
        text = filled(text, &format!("{{op{i}}}"), || operator(hole))?;
        text = filled(text, &format!("{{n{i}}}"), || {
            let given: usize = hole.parse().ok()?;
            Some((given + usize::from(METHODS.contains(&holes[0]))).to_string())
        })?;
        text = text.replace(&format!("{{{i}}}"), hole);
    }
    filled(text, "{1-2}", || {
        let number = |i: usize| holes.get(i)?.parse::<usize>().ok();
        Some(number(1)?.checked_sub(number(2)?)?.to_string())
    })
}

/// The text with a placeholder filled; None if it is there and there is nothing to fill it with.
fn filled(text: String, placeholder: &str, value: impl FnOnce() -> Option<String>) -> Option<String> {
    if text.contains(placeholder) { Some(text.replace(placeholder, &value()?)) } else { Some(text) }
}

/// The method of an operator; of `+=` that of `+`.
fn operator(sign: &str) -> Option<String> {
    let known = |sign: &str| OPERATORS.iter().find(|(known, _)| *known == sign).map(|(_, method)| (*method).to_owned());
    known(sign).or_else(|| known(sign.strip_suffix('=')?))
}
