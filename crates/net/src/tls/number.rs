//! What goes wrong in TLS, by the numbers of mbedtls, the library of the module (`mbedtls/ssl.h`, `x509.h`): those that
//! it gives for the same case. What goes wrong below TLS keeps the socket's number, as there.

use rustls::{Error as Tls, PeerIncompatible};

pub const CONN_EOF: i32 = -0x7280;
const INVALID_RECORD: i32 = -0x7200;
const INVALID_MAC: i32 = -0x7180;
const NO_CIPHER_CHOSEN: i32 = -0x7380;
const NO_CLIENT_CERTIFICATE: i32 = -0x7480;
const UNEXPECTED_MESSAGE: i32 = -0x7700;
const FATAL_ALERT_MESSAGE: i32 = -0x7780;
const BAD_HS_PROTOCOL_VERSION: i32 = -0x6e80;
const INTERNAL_ERROR: i32 = -0x6c00;
const CERT_VERIFY_FAILED: i32 = -0x2700;

const NAMES: [(i32, &str); 10] = [
    (CONN_EOF, "MBEDTLS_ERR_SSL_CONN_EOF"),
    (INVALID_RECORD, "MBEDTLS_ERR_SSL_INVALID_RECORD"),
    (INVALID_MAC, "MBEDTLS_ERR_SSL_INVALID_MAC"),
    (NO_CIPHER_CHOSEN, "MBEDTLS_ERR_SSL_NO_CIPHER_CHOSEN"),
    (NO_CLIENT_CERTIFICATE, "MBEDTLS_ERR_SSL_NO_CLIENT_CERTIFICATE"),
    (UNEXPECTED_MESSAGE, "MBEDTLS_ERR_SSL_UNEXPECTED_MESSAGE"),
    (FATAL_ALERT_MESSAGE, "MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE"),
    (BAD_HS_PROTOCOL_VERSION, "MBEDTLS_ERR_SSL_BAD_HS_PROTOCOL_VERSION"),
    (INTERNAL_ERROR, "MBEDTLS_ERR_SSL_INTERNAL_ERROR"),
    (CERT_VERIFY_FAILED, "MBEDTLS_ERR_X509_CERT_VERIFY_FAILED"),
];

/// mbedtls's name of one of its numbers.
#[must_use]
pub fn name(number: i32) -> Option<&'static str> {
    NAMES.iter().find(|(n, _)| *n == number).map(|(_, name)| *name)
}

/// The number for an error of the protocol.
pub fn of(e: &Tls) -> i32 {
    match e {
        Tls::AlertReceived(_) => FATAL_ALERT_MESSAGE,
        Tls::InvalidCertificate(_) | Tls::UnsupportedNameType => CERT_VERIFY_FAILED,
        Tls::NoCertificatesPresented => NO_CLIENT_CERTIFICATE,
        Tls::InvalidMessage(_) | Tls::PeerSentOversizedRecord => INVALID_RECORD,
        Tls::DecryptError => INVALID_MAC,
        Tls::InappropriateMessage { .. } | Tls::InappropriateHandshakeMessage { .. } | Tls::PeerMisbehaved(_) => {
            UNEXPECTED_MESSAGE
        }
        Tls::PeerIncompatible(
            PeerIncompatible::ServerDoesNotSupportTls12Or13
            | PeerIncompatible::SupportedVersionsExtensionRequired
            | PeerIncompatible::Tls12NotOffered
            | PeerIncompatible::Tls12NotOfferedOrEnabled
            | PeerIncompatible::Tls13RequiredForQuic
            | PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig,
        ) => BAD_HS_PROTOCOL_VERSION,
        // A server without a certificate is among the general ones: mbedtls finds no suite for it.
        Tls::PeerIncompatible(_) | Tls::General(_) => NO_CIPHER_CHOSEN,
        _ => INTERNAL_ERROR,
    }
}
