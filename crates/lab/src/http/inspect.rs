//! Shows the client its own request, in the form and with the field names of httpbin.org. Unlike there, `data` holds
//! the body whatever its type; forms and files are not taken apart.

use super::reply::{self, Body, JSON};
use super::visit::Visit;
use hyper::{HeaderMap, Response};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

pub fn inspect(visit: &Visit, _: &str) -> Response<Body> {
    let uri = &visit.head.uri;
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    // Checked but not taken apart: it goes back with its order, its digits, and without a tree in memory.
    let json = serde_json::from_slice::<&RawValue>(&visit.body).map_or("null", RawValue::get);
    let fields = [
        ("args", Value::Object(args(uri.query().unwrap_or_default())).to_string()),
        ("data", Value::from(String::from_utf8_lossy(&visit.body)).to_string()),
        ("headers", Value::Object(headers(&visit.head.headers)).to_string()),
        ("json", json.to_owned()),
        ("method", Value::from(visit.head.method.as_str()).to_string()),
        ("origin", Value::from(visit.client.peer.ip().to_string()).to_string()),
        ("path", Value::from(uri.path()).to_string()),
        ("url", Value::from(format!("{}://{}{target}", visit.client.scheme, visit.authority)).to_string()),
    ];
    let lines: Vec<_> = fields.iter().map(|(name, value)| format!("  \"{name}\": {value}")).collect();
    reply::whole(JSON, format!("{{\n{}\n}}\n", lines.join(",\n")))
}

/// The query's fields; a name that comes more than once has a list.
fn args(query: &str) -> Map<String, Value> {
    let mut args = Map::new();
    for field in query.split('&').filter(|field| !field.is_empty()) {
        let (name, value) = field.split_once('=').unwrap_or((field, ""));
        let value = Value::from(decoded(value));
        match args.entry(decoded(name)).or_insert(Value::Null) {
            Value::Array(several) => several.push(value),
            first @ Value::Null => *first = value,
            first => *first = Value::Array(vec![first.take(), value]),
        }
    }
    args
}

/// `+` and `%20` are blanks (WHATWG URL, application/x-www-form-urlencoded); what is no sound escape stays.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let digit = |at: usize| tail.get(at).and_then(|b| char::from(*b).to_digit(16));
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                rest = &tail[2..];
                continue;
            }
            (b'+', ..) => bytes.push(b' '),
            _ => bytes.push(*first),
        }
        rest = tail;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Names in the usual spelling, values of one name joined (RFC 9110 5.3).
fn headers(headers: &HeaderMap) -> Map<String, Value> {
    let text = |name| {
        let values = headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()));
        Value::from(values.collect::<Vec<_>>().join(", "))
    };
    headers.keys().map(|name| (title_case(name.as_str()), text(name))).collect()
}

/// `content-type` to `Content-Type`.
fn title_case(name: &str) -> String {
    let mut first = true;
    let letter = |c: char| {
        let here = if first { c.to_ascii_uppercase() } else { c };
        first = c == '-';
        here
    };
    name.chars().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_a_query() {
        let text = |query| Value::Object(args(query)).to_string();
        assert_eq!(text(""), "{}");
        assert_eq!(text("a=1&b=%E4%BD%A0%20x+y&c"), r#"{"a":"1","b":"你 x y","c":""}"#);
        assert_eq!(text("a=1&a=2&a=3"), r#"{"a":["1","2","3"]}"#);
        assert_eq!(text("a=%&b=%2&c=%zz&=v&&"), r#"{"":"v","a":"%","b":"%2","c":"%zz"}"#);
    }
}
