//! The web server's pages.

use crate::client::{Http, get};
use flate2::read::{GzDecoder, ZlibDecoder};
use quecpy_lab::Lab;
use serde_json::{Value, json};
use std::io::Read;

#[test]
fn large_is_packed_as_asked() {
    let lab = Lab::start().expect("lab");
    let plain = get(&lab, "/large", "");
    assert_eq!((plain.body.len(), plain.header("Content-Encoding")), (16_384, None));
    assert!(plain.text().starts_with("line   1 of 256: ") && plain.text().ends_with("dog...\n"));
    assert_eq!(plain.header("Vary"), Some("Accept-Encoding"));

    let packed = get(&lab, "/large", "Accept-Encoding:deflate\r\n");
    assert_eq!(packed.header("Content-Encoding"), Some("deflate"));
    assert_eq!(packed.body[0], 0x78, "RFC 1950: with zlib's header");
    let mut text = String::new();
    ZlibDecoder::new(&packed.body[..]).read_to_string(&mut text).expect("deflate");
    assert_eq!(text, plain.text());

    let packed = get(&lab, "/large", "Accept-Encoding: gzip, deflate\r\n");
    assert_eq!(packed.header("Content-Encoding"), Some("gzip"));
    let mut text = String::new();
    GzDecoder::new(&packed.body[..]).read_to_string(&mut text).expect("gzip");
    assert_eq!(text, plain.text());
}

#[test]
fn the_list_names_the_pages_and_others_are_404() {
    let lab = Lab::start().expect("lab");
    let list = get(&lab, "/", "");
    for path in ["/News", "/large", "/bytes/{n}", "/anything"] {
        assert!(list.text().contains(path), "{path}");
    }
    assert!(list.text().contains("<h1>www.example.com</h1>"));
    for path in ["/nothing", "/news", "/News/", "//", "/large/x"] {
        let answer = get(&lab, path, "");
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.text(), "404 Not Found: there is no such page; / lists them all\n");
    }
}

#[test]
fn counting_bytes() {
    let lab = Lab::start().expect("lab");
    let mut http = Http::new(&lab);
    for n in [0, 1, 255, 256, 16_384, 70_001] {
        let answer = http.get(&format!("/bytes/{n}"), "Accept-Encoding: gzip\r\n");
        assert_eq!(answer.header("Content-Length"), Some(n.to_string().as_str()));
        assert!(answer.body.iter().enumerate().all(|(at, byte)| usize::from(*byte) == at % 256), "{n}");
    }
    for n in ["16777217", "-1", "x", "", "99999999999999999999"] {
        assert_eq!(http.get(&format!("/bytes/{n}"), "").status, 400, "{n}");
    }
}

#[test]
fn status_and_redirect() {
    let lab = Lab::start().expect("lab");
    let mut http = Http::new(&lab);
    for code in [200, 204, 205, 304, 404, 418, 500, 599] {
        assert_eq!(http.get(&format!("/status/{code}"), "").status, code);
    }
    for code in ["100", "199", "600", "x", ""] {
        assert_eq!(http.get(&format!("/status/{code}"), "").status, 400, "{code}");
    }
    assert_eq!(http.get("/status/401", "").header("Www-Authenticate"), Some("Basic realm=\"lab\""));
    for path in ["/redirect", "/status/302"] {
        let answer = http.get(path, "");
        assert_eq!((answer.status, answer.header("Location")), (302, Some("http://www.example.com/News")));
    }
}

#[test]
fn chunks() {
    let lab = Lab::start().expect("lab");
    let answer = get(&lab, "/chunked", "");
    assert_eq!(answer.header("Transfer-Encoding"), Some("chunked"));
    assert_eq!(answer.text(), "chunk 1 of 5\nchunk 2 of 5\nchunk 3 of 5\nchunk 4 of 5\nchunk 5 of 5\n");
}

#[test]
fn the_clients_address() {
    let lab = Lab::start().expect("lab");
    assert_eq!(get(&lab, "/ip", "").text(), "127.0.0.1\n");
}

#[test]
fn the_request_as_json() {
    let lab = Lab::start().expect("lab");
    let mut http = Http::new(&lab);
    let parsed = |text: &str| serde_json::from_str::<Value>(text).expect(text);
    let answer = http.get("/get?a=1&b=x%20y&a=2", "X-One: 1\r\nx-one: 2\r\n");
    assert_eq!(answer.header("Content-Type"), Some("application/json"));
    let expected = json!({
        "args": {"a": ["1", "2"], "b": "x y"},
        "data": "",
        "headers": {"Host": "www.example.com", "X-One": "1, 2"},
        "json": null,
        "method": "GET",
        "origin": "127.0.0.1",
        "path": "/get",
        "url": "http://www.example.com/get?a=1&b=x%20y&a=2",
    });
    assert_eq!(parsed(answer.text()), expected);

    for (method, path) in [("POST", "/post"), ("PUT", "/put"), ("DELETE", "/anything"), ("PATCH", "/anything/a/b")] {
        let body = r#"{"temperature": 21.50, "名": [1, 2]}"#;
        let length = body.len();
        http.send(format!("{method} {path} HTTP/1.1\r\nHost: a.b:8080\r\nContent-Length: {length}\r\n\r\n").as_bytes());
        http.send(body.as_bytes());
        let answer = http.answer();
        assert!(answer.text().contains(&format!("\"json\": {body}")), "{}", answer.text());
        let json = parsed(answer.text());
        assert_eq!(json["data"], body);
        assert_eq!((&json["method"], &json["path"]), (&json!(method), &json!(path)));
        assert_eq!(json["url"], format!("http://a.b:8080{path}"));
    }
    http.send(b"POST /post HTTP/1.1\r\nHost: a.b\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na=\xff\r\n0\r\n\r\n");
    let json = parsed(http.answer().text());
    assert_eq!((&json["data"], &json["json"]), (&json!("a=\u{fffd}"), &Value::Null));
}

#[test]
fn head_has_the_head_only_and_other_methods_are_405() {
    let lab = Lab::start().expect("lab");
    let mut http = Http::new(&lab);
    let whole = http.get("/News", "");
    http.send(b"HEAD /News HTTP/1.1\r\nHost: www.example.com\r\n\r\n");
    let head = http.head();
    assert_eq!((head.status, head.header("Content-Length")), (200, whole.header("Content-Length")));
    http.send(b"POST /News HTTP/1.1\r\nHost: www.example.com\r\nContent-Length: 2\r\n\r\nhi");
    let answer = http.answer();
    assert_eq!((answer.status, answer.header("Allow")), (405, Some("GET, HEAD")));
    assert_eq!(http.get("/post", "").header("Allow"), Some("POST"));
}
