//! lwIP's TCP states.

/// lwIP's TCP states by their numbers (`enum tcp_state` of lwIP's tcpbase.h).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(i32)]
pub enum TcpState {
    /// Not connected.
    Closed = 0,
    /// Waits for connections.
    Listen = 1,
    /// Has asked for a connection.
    SynSent = 2,
    /// Was asked for a connection.
    SynReceived = 3,
    /// Connected.
    Established = 4,
    /// Has closed, not yet acknowledged.
    FinWait1 = 5,
    /// Has closed; the peer has not.
    FinWait2 = 6,
    /// The peer has closed.
    CloseWait = 7,
    /// Both have closed at once.
    Closing = 8,
    /// Has closed after the peer, not yet acknowledged.
    LastAck = 9,
    /// Closed; late segments may come.
    TimeWait = 10,
}
