//! What several methods of a socket share: sending, addresses, senders, the end of a stream.

use super::py_socket::PySocket;
use crate::arguments::{Address, Data, address_tuple};
use crate::callback::Callback;
use crate::error::{os_error, raise};
use crate::gil::{detached, interrupted};
use crate::semantics::{EndOfStream, NameNotFound, Semantics};
use crate::wait::waiting;
use quecpy_net::{Destination, Error, Sent, errno};
use rustpython_vm::builtins::{PyBaseExceptionRef, PyTuple};
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyRef, PyResult, TryFromObject, VirtualMachine};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

impl PySocket {
    pub(super) fn semantics(&self) -> &Semantics {
        &self.environment.semantics
    }

    /// An address to bind or connect to, its name looked up.
    pub(super) fn look_up(&self, address: &Address, vm: &VirtualMachine) -> PyResult<SocketAddr> {
        match waiting(vm, &self.environment.stack, || address.resolve(&self.socket))? {
            Err(Error::NameNotFound) => Err(self.name_not_found(vm)),
            result => result.map_err(|e| raise(e, vm)),
        }
    }

    pub(super) fn name_not_found(&self, vm: &VirtualMachine) -> PyBaseExceptionRef {
        match self.semantics().name_not_found {
            NameNotFound::Error(number) => os_error(number, vm),
            NameNotFound::EmptyList => os_error(-2, vm),
        }
    }

    /// What recv returns when the stream has ended.
    pub(super) fn end_of_stream(&self, vm: &VirtualMachine) -> PyResult<Vec<u8>> {
        let told_before = self.socket.report_end();
        match self.semantics().end_of_stream {
            EndOfStream::Empty => Ok(Vec::new()),
            EndOfStream::EmptyThen(_) if !told_before => Ok(Vec::new()),
            EndOfStream::EmptyThen(number) | EndOfStream::Error(number) => Err(os_error(number, vm)),
        }
    }

    pub(crate) fn set_blocking(&self, flag: &PyObject, vm: &VirtualMachine) -> PyResult<()> {
        let timeout = if flag.to_owned().try_to_bool(vm)? { None } else { Some(Duration::ZERO) };
        self.socket.set_timeout(timeout).map_err(|e| raise(e, vm))
    }

    pub(super) fn is_nonblocking(&self) -> bool {
        self.socket.timeout() == Some(Duration::ZERO)
    }

    /// Sends all of `data`, or as much as a non-blocking socket takes; `Err(WOULD_BLOCK)` if that is nothing.
    pub(super) fn transmit(&self, data: Data, vm: &VirtualMachine) -> PyResult<quecpy_net::Result<usize>> {
        if let Some(bytes) = data.fixed() {
            return self.transmit_rest(bytes, 0, vm);
        }
        // A buffer that others may change or lock is never held over a wait: what does not go at once is copied.
        let (sent, rest) = data.with(|bytes| match self.socket.send_now(bytes) {
            Ok(Sent::All) => (Ok(bytes.len()), None),
            Ok(Sent::Part(n)) => (Ok(n), Some(bytes[n..].to_vec())),
            Err(e) => (Err(e), None),
        });
        drop(data);
        match (sent, rest) {
            (Ok(n), Some(rest)) => Ok(self.transmit_rest(&rest, n, vm)?),
            (sent, _) => Ok(sent),
        }
    }

    /// Sends `bytes` after `before` others of the same call have gone; counts both.
    pub(super) fn transmit_rest(
        &self,
        bytes: &[u8],
        before: usize,
        vm: &VirtualMachine,
    ) -> PyResult<quecpy_net::Result<usize>> {
        let mut done = 0;
        loop {
            let result = detached(vm, &self.environment.stack, || self.socket.send_all(&bytes[done..]));
            match result {
                Ok(()) => return Ok(Ok(before + bytes.len())),
                Err((n, Error::Interrupted)) => {
                    done += n;
                    interrupted(vm)?;
                }
                Err((n, Error::WOULD_BLOCK)) if before + done + n > 0 => return Ok(Ok(before + done + n)),
                Err((_, e)) => return Ok(Err(e)),
            }
        }
    }

    pub(super) fn destination(&self, address: PyObjectRef, vm: &VirtualMachine) -> PyResult<Arc<Destination>> {
        if let Some((tuple, destination)) = &*self.sent_to.lock()
            && tuple.as_object().is(&address)
            && self.socket.is_current(destination)
        {
            return Ok(destination.clone());
        }
        let parsed = Address::try_from_object(vm, address.clone())?;
        let resolved = match parsed.numeric() {
            Some(numeric) => numeric,
            None if self.semantics().sendto_resolves => self.look_up(&parsed, vm)?,
            None => return Err(os_error(errno::EINVAL, vm)),
        };
        let destination = Arc::new(self.socket.destination(resolved).map_err(|e| raise(e, vm))?);
        if let Ok(tuple) = address.downcast_exact::<PyTuple>(vm) {
            *self.sent_to.lock() = Some((tuple.into_pyref(), destination.clone()));
        }
        Ok(destination)
    }

    /// The tuple of a sender; the same tuple as last time for the same sender.
    pub(super) fn sender(&self, from: SocketAddr, vm: &VirtualMachine) -> PyRef<PyTuple> {
        let mut last = self.heard_from.lock();
        match &*last {
            Some((address, tuple)) if *address == from => tuple.clone(),
            _ => last.insert((from, address_tuple(from, vm))).1.clone(),
        }
    }

    /// Listens again if the firmware column does so for a socket closed before its first accept.
    pub(super) fn reopen_if_closed_too_early(&self, vm: &VirtualMachine) -> PyResult<()> {
        if !self.semantics().reopens_listener || !self.socket.closed_before_first_accept() {
            return Ok(());
        }
        self.socket.listen_again().map_err(|e| raise(e, vm))?;
        if let Some(place) = self.closed_at.lock().take() {
            self.environment.stack.notice(&format!(
                "{place}: the listening socket was closed here, before accept(); it listens again. The module's \
                 firmware raises OSError(9) at accept(), and --strict does too"
            ));
        }
        Ok(())
    }

    /// `object` is the socket as scripts have it. Sets, replaces or (None) removes the callback.
    pub(super) fn set_callback(&self, object: &PyObject, callable: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        self.end_callback();
        if !vm.is_none(&callable) {
            let callback = Callback::start(object, &self.socket, callable, &self.environment, vm)?;
            *self.callback.lock() = Some(callback);
        }
        Ok(())
    }

    pub(crate) fn end_callback(&self) {
        if let Some(callback) = self.callback.lock().take() {
            callback.end();
        }
    }
}
