//! The class `usocket.socket`: converts, calls the engine, converts back.

mod py_socket;
mod state;
mod transfer;

pub use py_socket::PySocket;
pub(crate) use py_socket::class;
pub(crate) use state::state_number;
