//! What the sockets of one session share: names, the module's addresses, what lies beyond, and its waiting threads.
//! Nothing here is process-wide; two stacks do not know of each other.

use crate::gil::Gil;
use crate::keep_alive::KeepAlive;
use crate::leaks::LeakLog;
use crate::nat::{DEFAULT_ADDRESS, Forward, Nat, Transport};
use crate::resolver::{Override, Resolver};
use crate::upstream::{Link, Route, Upstream};
use crate::wait::Waiters;
use quecpy_time::{Servers, Time};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// Takes one line for the person at the keyboard.
pub type Notice = Arc<dyn Fn(&str) + Send + Sync>;

/// How a stack is set up; the default is the real internet and listening on loopback only.
#[derive(Clone)]
pub struct StackOptions {
    /// Names that are answered before DNS.
    pub overrides: Vec<Override>,
    /// Ports of this computer that are the module's.
    pub forwards: Vec<Forward>,
    /// The module's own addresses, first PDP context first.
    pub addresses: Vec<IpAddr>,
    /// Listen on every interface of the host, not on loopback only.
    pub expose: bool,
    /// What stands for the internet; none: the real one.
    pub upstream: Option<Arc<dyn Upstream>>,
    /// Asked before anything leaves the host; without, it always may.
    pub link: Option<Link>,
    /// Told in a line what a user should know.
    pub notice: Notice,
    /// Told of every socket and thread.
    pub leaks: Option<Arc<LeakLog>>,
    /// What all waits go by.
    pub time: Time,
}

impl Default for StackOptions {
    fn default() -> Self {
        Self {
            overrides: Vec::new(),
            forwards: Vec::new(),
            addresses: vec![DEFAULT_ADDRESS.into()],
            expose: false,
            upstream: None,
            link: None,
            notice: Arc::new(|line| crate::process::complain(&format!("quecpy: {line}\n"))),
            leaks: None,
            time: Time::real(),
        }
    }
}

/// What the sockets of one session share.
pub struct Stack {
    /// What waits, and how it is ended.
    pub waiters: Waiters,
    /// What goes on when the script itself has ended.
    pub keep_alive: Arc<KeepAlive>,
    /// The session's global interpreter lock.
    pub gil: Gil,
    /// Looks names up.
    pub resolver: Resolver,
    /// Translates the module's addresses and ports.
    pub nat: Arc<Nat>,
    pub(crate) expose: bool,
    pub(crate) upstream: Option<Arc<dyn Upstream>>,
    link: Option<Link>,
    notice: Notice,
    /// Where sockets that were never closed are told; none: nowhere.
    pub leaks: Option<Arc<LeakLog>>,
}

impl std::fmt::Debug for Stack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stack").field("nat", &self.nat).finish_non_exhaustive()
    }
}

impl Stack {
    /// A network with these options.
    #[must_use]
    pub fn new(options: StackOptions) -> Arc<Self> {
        let StackOptions { overrides, forwards, addresses, expose, upstream, link, notice, leaks, time } = options;
        let stack = Arc::new(Self {
            waiters: Waiters::new(time.clone()),
            keep_alive: Arc::default(),
            gil: Gil::default(),
            resolver: Resolver::new(overrides, upstream.clone(), link.clone()),
            nat: Arc::new(Nat::new(addresses, forwards)),
            expose,
            upstream,
            link,
            notice,
            leaks,
        });
        let servers: Arc<dyn Servers> = stack.clone();
        time.add_servers(Arc::downgrade(&servers));
        stack
    }

    /// What all waits go by.
    #[must_use]
    pub fn time(&self) -> &Time {
        self.waiters.time()
    }

    /// Tells the person at the keyboard one line.
    pub fn notice(&self, line: &str) {
        (self.notice)(line);
    }

    /// Whether `to` is served by this process: by a socket of the module, or by what lies beyond.
    pub(crate) fn is_served(&self, transport: Transport, to: SocketAddr) -> bool {
        self.nat.inward(transport, to).is_some() || (self.upstream.is_some() && !is_of_this_host(to.ip()))
    }

    /// Where a connect or datagram to `to` really goes.
    pub(crate) fn route(&self, transport: Transport, to: SocketAddr) -> Route {
        if let Some(inside) = self.nat.inward(transport, to) {
            return Route::To(inside);
        }
        if self.nat.is_own(to.ip()) {
            return Route::Refuse;
        }
        if is_of_this_host(to.ip()) {
            return Route::To(to);
        }
        if self.link.as_ref().is_some_and(|is_up| !is_up()) {
            return Route::Offline;
        }
        match &self.upstream {
            Some(upstream) => upstream.route(transport, to),
            _ => Route::To(to),
        }
    }
}

impl Servers for Stack {
    fn settle(&self) -> bool {
        self.upstream.as_ref().is_none_or(|upstream| upstream.settle())
    }
}

/// Addresses that never leave the host.
fn is_of_this_host(ip: IpAddr) -> bool {
    ip.is_loopback() || ip.is_unspecified()
}
