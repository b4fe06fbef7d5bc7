//! A stream whose shutdown lingers: a server that closes while bytes of its client are unread makes the host send a
//! reset, and the reset can overtake the answer. nginx knows the same as `lingering_close`.

use crate::Activity;
use std::future::Future;
use std::io;
use std::mem::MaybeUninit;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Sleep;

/// How long a client may go on talking after the last answer; nginx's default `lingering_timeout`.
const LINGER: Duration = Duration::from_secs(5);

/// An accepted connection.
pub type Stream = Lingering<TcpStream>;

/// Shutdown sends the end of the stream, then throws away what comes until the client ends its side too.
pub struct Lingering<S> {
    stream: S,
    activity: Activity,
    /// Set once the end has been sent.
    until: Option<Pin<Box<Sleep>>>,
}

impl<S> Lingering<S> {
    pub fn new(stream: S, activity: Activity) -> Self {
        Self { stream, activity, until: None }
    }

    /// Counts what was received or sent.
    fn counted<R>(&self, result: Poll<R>) -> Poll<R> {
        if result.is_ready() {
            self.activity.happened();
        }
        result
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Lingering<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, room: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let result = Pin::new(&mut self.stream).poll_read(cx, room);
        self.counted(result)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Lingering<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.counted(result)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.stream).poll_write_vectored(cx, parts);
        self.counted(result)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let Self { stream, until, activity } = &mut *self;
        if until.is_none() {
            ready!(Pin::new(&mut *stream).poll_shutdown(cx))?;
            activity.happened();
        }
        let until = until.get_or_insert_with(|| Box::pin(tokio::time::sleep(LINGER)));
        // Time first: a client that never stops would use up the task's budget before its time is looked at.
        if until.as_mut().poll(cx).is_ready() {
            return Poll::Ready(Ok(()));
        }
        loop {
            let mut waste = [MaybeUninit::uninit(); 4096];
            let mut waste = ReadBuf::uninit(&mut waste);
            let read = ready!(Pin::new(&mut *stream).poll_read(cx, &mut waste));
            if read.is_err() || waste.filled().is_empty() {
                return Poll::Ready(Ok(()));
            }
        }
    }
}
