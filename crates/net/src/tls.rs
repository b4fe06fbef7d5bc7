//! TLS over a stream socket, by rustls. The socket's own timeout, and all that ends its waits, govern here too.
//!
//! Two threads may read and write at once. Bytes of the stream have an order, so one thread at a time receives and one
//! at a time sends; who waits for that is woken with the other when the socket closes.

use crate::error::{Error, Result};
use crate::socket::Socket;
use crate::wait::lock;
use once_cell::sync::Lazy;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::{
    AlertDescription, CertificateError, ClientConfig, ClientConnection, Connection, DigitallySignedStruct,
    RootCertStore, ServerConfig, ServerConnection, SignatureScheme,
};
use std::io::{self, Read, Write};
use std::sync::{Arc, Mutex};

/// Received at once: a whole record, and what comes with it.
const CHUNK: usize = 32 * 1024;
/// Encrypted before it is sent, so that a large write does not need its size again.
const PART: usize = 64 * 1024;

/// Error numbers of mbedtls, the library of the module's firmware (its `error.h` and `ssl.h`), negative as it has them.
pub mod number {
    pub const BAD_INPUT: i32 = -0x7100;
    pub const INVALID_RECORD: i32 = -0x7200;
    pub const CONN_EOF: i32 = -0x7280;
    pub const NO_CIPHER_CHOSEN: i32 = -0x7380;
    pub const FATAL_ALERT: i32 = -0x7780;
    pub const UNEXPECTED_MESSAGE: i32 = -0x7700;
    pub const BAD_CERTIFICATE: i32 = -0x7A00;
    pub const BAD_PROTOCOL_VERSION: i32 = -0x6E80;
    pub const INTERNAL: i32 = -0x6C00;
    pub const VERIFY_FAILED: i32 = -0x2700;

    /// Their names.
    pub const NAMED: [(i32, &str); 10] = [
        (BAD_INPUT, "MBEDTLS_ERR_SSL_BAD_INPUT_DATA"),
        (INVALID_RECORD, "MBEDTLS_ERR_SSL_INVALID_RECORD"),
        (CONN_EOF, "MBEDTLS_ERR_SSL_CONN_EOF"),
        (NO_CIPHER_CHOSEN, "MBEDTLS_ERR_SSL_NO_CIPHER_CHOSEN"),
        (FATAL_ALERT, "MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE"),
        (UNEXPECTED_MESSAGE, "MBEDTLS_ERR_SSL_UNEXPECTED_MESSAGE"),
        (BAD_CERTIFICATE, "MBEDTLS_ERR_SSL_BAD_HS_CERTIFICATE"),
        (BAD_PROTOCOL_VERSION, "MBEDTLS_ERR_SSL_BAD_HS_PROTOCOL_VERSION"),
        (INTERNAL, "MBEDTLS_ERR_SSL_INTERNAL_ERROR"),
        (VERIFY_FAILED, "MBEDTLS_ERR_X509_CERT_VERIFY_FAILED"),
    ];
}

/// A text that is not what it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Invalid {
    Ca,
    Certificate,
    Key,
}

/// How a connection is to be secured. Texts are PEM.
#[derive(Debug, Default, Clone)]
pub struct Settings {
    /// Certificates that sign whom to trust; without, nobody is checked.
    pub ca: Option<Vec<u8>>,
    /// One's own certificates, and the key of the first.
    pub certificate: Option<Vec<u8>>,
    pub key: Option<Vec<u8>>,
    pub server_side: bool,
    /// Whom a client means: told to the server, and compared with its certificate if that is checked.
    pub server_name: Option<String>,
}

static PROVIDER: Lazy<Arc<CryptoProvider>> = Lazy::new(|| Arc::new(rustls::crypto::ring::default_provider()));

/// Trusts everybody, as the module does when a script gives no `ca`. Signatures are checked all the same: they prove
/// that the peer has the key of the certificate it showed.
#[derive(Debug)]
struct TrustAll(WebPkiSupportedAlgorithms);

impl ServerCertVerifier for TrustAll {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _name: &ServerName<'_>,
        _ocsp: &[u8],
        _now: UnixTime,
    ) -> std::result::Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signature, &self.0)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signature, &self.0)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_schemes()
    }
}

/// Trusts whom the given certificates have signed; without a name to compare, any name will do.
#[derive(Debug)]
struct TrustSigned {
    inner: Arc<WebPkiServerVerifier>,
    compare_name: bool,
}

impl ServerCertVerifier for TrustSigned {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> std::result::Result<ServerCertVerified, rustls::Error> {
        use rustls::Error::InvalidCertificate;
        match self.inner.verify_server_cert(end_entity, intermediates, name, ocsp, now) {
            Err(InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) if !self.compare_name => Ok(ServerCertVerified::assertion()),
            result => result,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        self.inner.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        self.inner.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.inner.supported_verify_schemes()
    }
}

/// Certificates of a PEM text; there must be one at least.
fn certificates(pem: &[u8], what: Invalid) -> std::result::Result<Vec<CertificateDer<'static>>, Invalid> {
    let all: std::result::Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    all.ok().filter(|all| !all.is_empty()).ok_or(what)
}

type Identity = (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>);

impl Settings {
    fn identity(&self) -> std::result::Result<Option<Identity>, Invalid> {
        match (&self.certificate, &self.key) {
            (None, None) => Ok(None),
            (certificate, key) => {
                let chain = certificates(certificate.as_deref().unwrap_or_default(), Invalid::Certificate)?;
                let key =
                    PrivateKeyDer::from_pem_slice(key.as_deref().unwrap_or_default()).map_err(|_| Invalid::Key)?;
                Ok(Some((chain, key)))
            }
        }
    }

    fn verifier(&self) -> std::result::Result<Arc<dyn ServerCertVerifier>, Invalid> {
        let Some(ca) = &self.ca else {
            return Ok(Arc::new(TrustAll(PROVIDER.signature_verification_algorithms)));
        };
        let mut roots = RootCertStore::empty();
        for certificate in certificates(ca, Invalid::Ca)? {
            roots.add(certificate).map_err(|_| Invalid::Ca)?;
        }
        let inner = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), PROVIDER.clone())
            .build()
            .map_err(|_| Invalid::Ca)?;
        Ok(Arc::new(TrustSigned { inner, compare_name: self.server_name.is_some() }))
    }

    fn client(&self) -> std::result::Result<Connection, Invalid> {
        let builder = ClientConfig::builder_with_provider(PROVIDER.clone())
            .with_safe_default_protocol_versions()
            .map_err(|_| Invalid::Ca)?
            .dangerous()
            .with_custom_certificate_verifier(self.verifier()?);
        let mut config = match self.identity()? {
            Some((chain, key)) => builder.with_client_auth_cert(chain, key).map_err(|_| Invalid::Key)?,
            None => builder.with_no_client_auth(),
        };
        config.enable_sni = self.server_name.is_some();
        // Without a name any stands in; it is neither told nor compared.
        let name = self.server_name.as_deref().unwrap_or("localhost").to_owned();
        let name = ServerName::try_from(name).map_err(|_| Invalid::Certificate)?;
        ClientConnection::new(Arc::new(config), name).map(Connection::Client).map_err(|_| Invalid::Certificate)
    }

    fn server(&self) -> std::result::Result<Connection, Invalid> {
        let (chain, key) = self.identity()?.ok_or(Invalid::Certificate)?;
        let config = ServerConfig::builder_with_provider(PROVIDER.clone())
            .with_safe_default_protocol_versions()
            .map_err(|_| Invalid::Key)?
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .map_err(|_| Invalid::Key)?;
        ServerConnection::new(Arc::new(config)).map(Connection::Server).map_err(|_| Invalid::Certificate)
    }
}

/// A secured stream.
#[derive(Debug)]
pub struct TlsStream {
    socket: Arc<Socket>,
    connection: Mutex<Connection>,
    receiving: Mutex<()>,
    /// Records that are not sent yet.
    sending: Mutex<Vec<u8>>,
}

impl TlsStream {
    /// Secures a connected socket; nothing is sent yet.
    ///
    /// # Errors
    /// Which text is not what it should be.
    pub fn new(socket: Arc<Socket>, settings: &Settings) -> std::result::Result<Self, Invalid> {
        let mut connection = if settings.server_side { settings.server()? } else { settings.client()? };
        connection.set_buffer_limit(None);
        Ok(Self { socket, connection: Mutex::new(connection), receiving: Mutex::default(), sending: Mutex::default() })
    }

    /// The socket beneath.
    #[must_use]
    pub fn socket(&self) -> &Arc<Socket> {
        &self.socket
    }

    /// Shakes hands, if that is not done.
    ///
    /// # Errors
    /// `Tls`; as every wait; `WOULD_BLOCK` leaves it to be gone on with.
    pub fn handshake(&self) -> Result<()> {
        loop {
            self.flush()?;
            if !lock(&self.connection).is_handshaking() {
                return Ok(());
            }
            if self.receive()? == 0 {
                return Err(Error::Tls(number::CONN_EOF));
            }
        }
    }

    /// The peer's certificate in DER, once hands were shaken and if it showed one.
    pub fn peer_certificate(&self) -> Option<Vec<u8>> {
        lock(&self.connection).peer_certificates().and_then(|c| c.first()).map(|c| c.to_vec())
    }

    /// Sends what the connection has to say.
    fn flush(&self) -> Result<()> {
        let mut records = lock(&self.sending);
        loop {
            self.collect(&mut records)?;
            if records.is_empty() {
                return Ok(());
            }
            match self.socket.send_all(&records) {
                Ok(()) => records.clear(),
                Err((sent, e)) => {
                    // The rest goes out first next time: a record cannot be cut.
                    records.drain(..sent);
                    return Err(e);
                }
            }
        }
    }

    /// Takes records that are to be sent.
    fn collect(&self, records: &mut Vec<u8>) -> Result<()> {
        let mut connection = lock(&self.connection);
        while connection.wants_write() {
            connection.write_tls(records).map_err(Error::from)?;
        }
        Ok(())
    }

    /// Takes what has come from the socket; how many bytes that were. An error of the protocol is told to the peer.
    fn receive(&self) -> Result<usize> {
        let bytes = {
            let _one = lock(&self.receiving);
            let bytes = self.socket.recv(CHUNK)?;
            let mut rest = bytes.as_slice();
            let mut connection = lock(&self.connection);
            let mut result = Ok(());
            while !rest.is_empty() && result.is_ok() {
                connection.read_tls(&mut rest).map_err(Error::from)?;
                result = connection.process_new_packets().map(drop);
            }
            drop(connection);
            if let Err(e) = result {
                // The alert is a courtesy.
                let _ = self.flush();
                return Err(Error::Tls(mbedtls(&e)));
            }
            bytes.len()
        };
        Ok(bytes)
    }

    /// What has been deciphered already.
    fn take(&self, room: &mut [u8]) -> Result<Option<usize>> {
        match lock(&self.connection).reader().read(room) {
            Ok(n) => Ok(Some(n)),
            Err(e) if e.kind() == io::ErrorKind::WouldBlock => Ok(None),
            // The peer went without saying that it does: scripts see an end all the same.
            Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => Ok(Some(0)),
            Err(e) => Err(e.into()),
        }
    }

    /// Some bytes; 0 at the end of the stream.
    ///
    /// # Errors
    /// `Tls`; as every wait.
    pub fn read_some(&self, room: &mut [u8]) -> Result<usize> {
        if room.is_empty() {
            return Ok(0);
        }
        self.handshake()?;
        loop {
            if let Some(n) = self.take(room)? {
                return Ok(n);
            }
            if self.receive()? == 0 {
                // A stream that ends in silence.
                return Ok(self.take(room)?.unwrap_or(0));
            }
            // Answers of the protocol, such as new keys.
            if lock(&self.connection).wants_write() {
                self.flush()?;
            }
        }
    }

    /// Sends all of `bytes` from `done` on, and counts there what is on its way, so that a broken call can be gone on
    /// with.
    ///
    /// # Errors
    /// `Tls`; as every wait.
    pub fn write_from(&self, bytes: &[u8], done: &mut usize) -> Result<()> {
        self.handshake()?;
        self.flush()?;
        while let Some(part) = bytes.get(*done..).filter(|rest| !rest.is_empty()) {
            let part = &part[..part.len().min(PART)];
            lock(&self.connection).writer().write_all(part).map_err(Error::from)?;
            *done += part.len();
            self.flush()?;
        }
        Ok(())
    }

    /// Says that no more comes, and closes the socket.
    pub fn close(&self) {
        lock(&self.connection).send_close_notify();
        // Whoever does not take it will find the end of the stream.
        if let Ok(mut records) = self.sending.try_lock()
            && self.collect(&mut records).is_ok()
        {
            let _ = self.socket.send_now(&records);
        }
        self.socket.close();
    }
}

/// What mbedtls would have called it.
fn mbedtls(e: &rustls::Error) -> i32 {
    use rustls::Error as E;
    match e {
        E::InvalidCertificate(CertificateError::BadEncoding) | E::NoCertificatesPresented => number::BAD_CERTIFICATE,
        E::InvalidCertificate(_) => number::VERIFY_FAILED,
        E::AlertReceived(AlertDescription::ProtocolVersion) => number::FATAL_ALERT,
        E::AlertReceived(_) => number::FATAL_ALERT,
        E::PeerIncompatible(_) => number::BAD_PROTOCOL_VERSION,
        E::InvalidMessage(_) | E::DecryptError | E::PeerSentOversizedRecord => number::INVALID_RECORD,
        E::InappropriateMessage { .. } | E::InappropriateHandshakeMessage { .. } | E::PeerMisbehaved(_) => {
            number::UNEXPECTED_MESSAGE
        }
        _ => number::INTERNAL,
    }
}
