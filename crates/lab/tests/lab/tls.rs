//! HTTPS and its certificates, seen by a client that checks them.

use crate::client::{get, tcp};
use quecpy_lab::Lab;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

/// A TLS connection to a port of the lab that believes the lab's authority.
pub fn secured(lab: &Lab, name: &str, port: u16) -> StreamOwned<ClientConnection, TcpStream> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(lab.ca_pem().as_bytes()).expect("PEM")).expect("an authority");
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(name.to_owned()).expect("a name");
    StreamOwned::new(ClientConnection::new(Arc::new(config), name).expect("a client"), tcp(lab, port))
}

fn ask(lab: &Lab, name: &str, path: &str) -> io::Result<String> {
    let mut stream = secured(lab, name, 443);
    stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n").as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

#[test]
fn every_name_has_a_sound_certificate() {
    let lab = Lab::start().expect("lab");
    for name in ["www.example.com", "iot.example.com", "www.example.com"] {
        let answer = ask(&lab, name, "/News").expect("trusted, and ended with a goodbye");
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with("</html>\n"), "{answer}");
    }
}

#[test]
fn the_authority_is_a_page() {
    let lab = Lab::start().expect("lab");
    assert_eq!(get(&lab, "/ca.pem", "").text(), lab.ca_pem());
    assert!(lab.ca_pem().starts_with("-----BEGIN CERTIFICATE-----"));
    let other = Lab::start().expect("lab");
    assert_ne!(other.ca_pem(), lab.ca_pem(), "each lab has its own");
}

#[test]
fn pages_know_that_they_came_over_tls() {
    let lab = Lab::start().expect("lab");
    let answer = ask(&lab, "www.example.com", "/get?a=1").expect("an answer");
    assert!(answer.contains("\"url\": \"https://www.example.com/get?a=1\""), "{answer}");
    let answer = ask(&lab, "www.example.com", "/redirect").expect("an answer");
    assert!(answer.contains("\r\nLocation: https://www.example.com/News\r\n"), "{answer}");
}

#[test]
fn some_names_have_a_bad_certificate() {
    let lab = Lab::start().expect("lab");
    for (name, why) in [
        ("expired.example.com", "Expired"),
        ("wrong.host.example.com", "NotValidForName"),
        ("self-signed.example.com", "UnknownIssuer"),
    ] {
        let refused = ask(&lab, name, "/").expect_err(name);
        assert!(format!("{refused:?}").contains(why), "{name}: {refused:?}");
    }
}

#[test]
fn who_talks_no_tls_is_shut_out_and_who_says_nothing_blocks_nobody() {
    let lab = Lab::start().expect("lab");
    let _silent = tcp(&lab, 443);
    let mut plain = tcp(&lab, 443);
    plain.write_all(b"GET / HTTP/1.0\r\n\r\n").expect("send");
    let mut answer = Vec::new();
    let _ = plain.read_to_end(&mut answer);
    assert!(!answer.starts_with(b"HTTP"), "{}", answer.escape_ascii());
    ask(&lab, "www.example.com", "/").expect("served");
}
