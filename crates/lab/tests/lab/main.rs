//! The lab as a client sees it: real sockets, no internet, no fixed port, no sleep.
#![expect(clippy::disallowed_methods, reason = "clients of the host have the host's patience")]

mod client;
mod http;
mod http_pages;
mod lifetime;
mod mqtt;
mod services;
mod stack;
mod tls;
mod websocket;
