//! Certificates, keys and trust: PEM texts in, a `rustls` connection that has not begun out.

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{Resumption, verify_server_cert_signed_by_trust_anchor, verify_server_name};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::server::{ClientHello, ParsedCertificate, ResolvesServerCert, WebPkiClientVerifier};
use rustls::sign::CertifiedKey;
use rustls::{
    ClientConfig, ClientConnection, Connection, DigitallySignedStruct, Error, RootCertStore, ServerConfig,
    ServerConnection, SignatureScheme,
};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

/// Which of the given texts cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The private key.
    #[error("invalid key")]
    Key,
    /// The certificate.
    #[error("invalid cert")]
    Cert,
    /// The authority's certificate.
    #[error("invalid ca")]
    Ca,
}

type Identity = (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>);

pub fn connection(options: Options<'_>) -> Result<Connection, Refused> {
    let identity = identity(&options)?;
    let believed = options.ca.map(|ca| certificates(ca).ok_or(Refused::Ca)).transpose()?;
    if options.server_side {
        let config = server(identity, believed)?;
        return ServerConnection::new(Arc::new(config)).map(Connection::Server).map_err(|_| Refused::Cert);
    }
    // What is neither a name nor an address can be checked by no certificate: it is not sent, and none will match.
    let name = options.server_hostname.and_then(|name| ServerName::try_from(name.to_owned()).ok());
    let unchecked = options.server_hostname.is_none();
    let mut config = client(identity, believed, unchecked)?;
    config.enable_sni = name.is_some();
    let name = name.unwrap_or(ServerName::IpAddress(IpAddr::V4(Ipv4Addr::UNSPECIFIED).into()));
    ClientConnection::new(Arc::new(config), name).map(Connection::Client).map_err(|_| Refused::Cert)
}

/// Own key and certificates; a certificate without a key is ignored, as on the module.
fn identity(options: &Options<'_>) -> Result<Option<Identity>, Refused> {
    let Some(key) = options.key else { return Ok(None) };
    let key = PrivateKeyDer::from_pem_slice(key).map_err(|_| Refused::Key)?;
    let chain = options.cert.and_then(certificates).ok_or(Refused::Cert)?;
    Ok(Some((chain, key)))
}

/// All certificates of a text; `None` if there is none, or one is broken.
fn certificates(pem: &[u8]) -> Option<Vec<CertificateDer<'static>>> {
    let found = CertificateDer::pem_slice_iter(pem).collect::<Result<Vec<_>, _>>().ok()?;
    (!found.is_empty()).then_some(found)
}

fn roots(believed: &[CertificateDer<'static>]) -> Result<Arc<RootCertStore>, Refused> {
    let mut roots = RootCertStore::empty();
    for certificate in believed {
        roots.add(certificate.clone()).map_err(|_| Refused::Ca)?;
    }
    Ok(Arc::new(roots))
}

fn refused(e: Error) -> Refused {
    match e {
        Error::InvalidCertificate(_) => Refused::Cert,
        _ => Refused::Key,
    }
}

fn client(
    identity: Option<Identity>,
    believed: Option<Vec<CertificateDer<'static>>>,
    any_name: bool,
) -> Result<ClientConfig, Refused> {
    let provider = Arc::new(ring::default_provider());
    let verifier: Arc<dyn ServerCertVerifier> = match believed {
        Some(believed) => {
            Arc::new(Believed { roots: roots(&believed)?, believed, any_name, provider: provider.clone() })
        }
        None => Arc::new(Anyone(provider.clone())),
    };
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(refused)?
        .dangerous()
        .with_custom_certificate_verifier(verifier);
    let mut config = match identity {
        Some((chain, key)) => builder.with_client_auth_cert(chain, key).map_err(refused)?,
        None => builder.with_no_client_auth(),
    };
    // A configuration serves one connection: there is nothing to resume.
    config.resumption = Resumption::disabled();
    Ok(config)
}

fn server(identity: Option<Identity>, believed: Option<Vec<CertificateDer<'static>>>) -> Result<ServerConfig, Refused> {
    let provider = Arc::new(ring::default_provider());
    let builder =
        ServerConfig::builder_with_provider(provider.clone()).with_safe_default_protocol_versions().map_err(refused)?;
    let builder = match believed {
        Some(believed) => {
            let verifier = WebPkiClientVerifier::builder_with_provider(roots(&believed)?, provider);
            builder.with_client_cert_verifier(verifier.build().map_err(|_| Refused::Ca)?)
        }
        None => builder.with_no_client_auth(),
    };
    let mut config = match identity {
        Some((chain, key)) => builder.with_single_cert(chain, key).map_err(refused)?,
        // The module, too, finds out in the handshake.
        None => builder.with_cert_resolver(Arc::new(NoCertificate)),
    };
    config.send_tls13_tickets = 0;
    Ok(config)
}

#[derive(Debug)]
struct NoCertificate;

impl ResolvesServerCert for NoCertificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        None
    }
}

/// Believes every server, as the module does without `ca`. Who may show any certificate may sign with any key too: its
/// signatures are not looked at, so that certificates in old forms pass.
#[derive(Debug)]
struct Anyone(Arc<CryptoProvider>);

impl ServerCertVerifier for Anyone {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

/// Believes whom one of the given certificates vouches for.
#[derive(Debug)]
struct Believed {
    roots: Arc<RootCertStore>,
    believed: Vec<CertificateDer<'static>>,
    any_name: bool,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Believed {
    fn verify_server_cert(
        &self,
        shown: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        _: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let certificate = ParsedCertificate::try_from(shown)?;
        // A server's own certificate may be believed directly: scripts carry self-signed ones.
        if !self.believed.iter().any(|b| b.as_ref() == shown.as_ref()) {
            let algorithms = self.provider.signature_verification_algorithms.all;
            verify_server_cert_signed_by_trust_anchor(&certificate, &self.roots, between, now, algorithms)?;
        }
        if !self.any_name {
            verify_server_name(&certificate, name)?;
        }
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

/// What a side needs to know; texts are PEM.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'a> {
    /// Whether it is the server's side.
    pub server_side: bool,
    /// Sent to the server (SNI), and checked where `ca` is given.
    pub server_hostname: Option<&'a str>,
    /// The own certificate, followed by those that vouch for it.
    pub cert: Option<&'a [u8]>,
    /// The private key, PEM or DER.
    pub key: Option<&'a [u8]>,
    /// The trusted authorities' certificates; without them every peer is trusted.
    pub ca: Option<&'a [u8]>,
}
