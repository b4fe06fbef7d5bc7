//! TLS for the lab's servers: an authority made anew in each run, which signs a certificate for every name that a
//! client asks for. Keys are made when the first client comes. Some names show a bad certificate, as badssl.com's do, so
//! that a script can be seen to refuse it.

use parking_lot::Mutex;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// A client that means nobody gets a certificate for this name.
const NAMELESS: &str = "lab.quecpy.invalid";
/// What the first labels of a name say of its certificate.
const EXPIRED: &str = "expired.";
const WRONG_HOST: &str = "wrong.host.";
const SELF_SIGNED: &str = "self-signed.";
/// Certificates that are kept.
const KEPT: usize = 256;

/// The lab's certificate authority.
#[derive(Debug, Default)]
pub struct Authority {
    made: OnceLock<Option<Made>>,
    acceptor: OnceLock<Option<Acceptor>>,
}

struct Made {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
    der: CertificateDer<'static>,
    certified: Mutex<HashMap<String, Arc<CertifiedKey>>>,
}

struct Acceptor(TlsAcceptor);

impl std::fmt::Debug for Acceptor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Acceptor")
    }
}

impl std::fmt::Debug for Made {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Authority")
    }
}

impl Made {
    fn new() -> Result<Self, rcgen::Error> {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "quecpy lab");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let key = KeyPair::generate()?;
        let certificate = params.self_signed(&key)?;
        let (pem, der) = (certificate.pem(), certificate.der().clone());
        Ok(Self { issuer: Issuer::new(params, key), pem, der, certified: Mutex::default() })
    }

    fn certify(&self, name: &str) -> Option<Arc<CertifiedKey>> {
        let mut certified = self.certified.lock();
        if let Some(known) = certified.get(name) {
            return Some(known.clone());
        }
        let shown = if name.starts_with(WRONG_HOST) { NAMELESS } else { name };
        let mut params = CertificateParams::new([shown.to_owned()]).ok()?;
        params.distinguished_name.push(DnType::CommonName, shown);
        if name.starts_with(EXPIRED) {
            params.not_before = rcgen::date_time_ymd(2019, 1, 1);
            params.not_after = rcgen::date_time_ymd(2020, 1, 1);
        }
        let key = KeyPair::generate().ok()?;
        let chain = if name.starts_with(SELF_SIGNED) {
            vec![params.self_signed(&key).ok()?.der().clone()]
        } else {
            vec![params.signed_by(&key, &self.issuer).ok()?.der().clone(), self.der.clone()]
        };
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let key = rustls::crypto::ring::sign::any_supported_type(&key).ok()?;
        let made = Arc::new(CertifiedKey::new(chain, key));
        if certified.len() < KEPT {
            certified.insert(name.to_owned(), made.clone());
        }
        Some(made)
    }
}

/// Finds the certificate for the name that a client asks for.
#[derive(Debug)]
struct ByName(Arc<Authority>);

impl ResolvesServerCert for ByName {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        self.0.made()?.certify(hello.server_name().unwrap_or(NAMELESS))
    }
}

impl Authority {
    fn made(&self) -> Option<&Made> {
        // Fails only without random numbers.
        self.made.get_or_init(|| Made::new().ok()).as_ref()
    }

    /// The authority's own certificate, for a script's `ca`.
    pub fn pem(&self) -> &str {
        self.made().map_or("", |made| &made.pem)
    }

    /// Secures an accepted connection; `None` when the client breaks off.
    pub async fn accept<S: AsyncRead + AsyncWrite + Unpin>(self: &Arc<Self>, stream: S) -> Option<TlsStream<S>> {
        let acceptor = self.acceptor.get_or_init(|| {
            let provider = Arc::new(rustls::crypto::ring::default_provider());
            let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().ok()?;
            let mut config = config.with_no_client_auth().with_cert_resolver(Arc::new(ByName(self.clone())));
            // A client that only writes would leave them unread, and its close would break the connection off.
            config.send_tls13_tickets = 0;
            Some(Acceptor(TlsAcceptor::from(Arc::new(config))))
        });
        acceptor.as_ref()?.0.accept(stream).await.ok()
    }
}
