//! The lab as a client sees it: real sockets, no internet, no fixed port, no sleep.

mod client;
mod http;
mod http_pages;
mod lifetime;
mod mqtt;
mod services;
mod stack;
mod tls;
mod websocket;
