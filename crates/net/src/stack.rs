//! What the sockets of one session share: names, the module's addresses, what lies beyond, and its waiting threads.
//! Nothing here is process-wide; two stacks do not know of each other.

use crate::living::Living;
use crate::nat::{DEFAULT_ADDRESS, Forward, Nat, Transport};
use crate::resolver::{Override, Resolver};
use crate::turn::Turn;
use crate::wait::Waiters;
use crate::witness::Witness;
use quecpy_time::{Servers, Time};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// Where a connect or datagram to an address beyond this host goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// There, on loopback.
    To(SocketAddr),
    /// Nobody listens at that port.
    Refuse,
    /// The module has no network.
    Offline,
}

/// What lies beyond the host when it is not the real internet: the lab.
pub trait Beyond: Send + Sync {
    /// The address of a name; `None` if it has none.
    fn name(&self, host: &str) -> Option<IpAddr>;
    /// Where `to`, an address outside this host, is served.
    fn route(&self, transport: Transport, to: SocketAddr) -> Route;
    /// Has its servers answer what they were asked so far, for virtual time to stand still meanwhile. False where that
    /// cannot be known.
    fn settle(&self) -> bool {
        false
    }
}

/// Whether the network beyond the module can be reached now.
pub type Link = Arc<dyn Fn() -> bool + Send + Sync>;

/// Takes one line for the person at the keyboard.
pub type Notice = Arc<dyn Fn(&str) + Send + Sync>;

/// How a stack is set up; the default is the real internet and listening on loopback only.
#[derive(Clone)]
pub struct StackOptions {
    pub overrides: Vec<Override>,
    pub forwards: Vec<Forward>,
    /// The module's own addresses, first PDP context first.
    pub addresses: Vec<IpAddr>,
    /// Listen on every interface of the host, not on loopback only.
    pub expose: bool,
    pub beyond: Option<Arc<dyn Beyond>>,
    /// Asked before anything leaves the host; without, it always may.
    pub link: Option<Link>,
    pub notice: Notice,
    /// Told of every socket and thread.
    pub witness: Option<Arc<Witness>>,
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
            beyond: None,
            link: None,
            notice: Arc::new(|line| crate::process::complain(&format!("quecpy: {line}\n"))),
            witness: None,
            time: Time::real(),
        }
    }
}

/// What the sockets of one session share.
pub struct Stack {
    pub waiters: Waiters,
    /// What goes on when the script itself has ended.
    pub living: Arc<Living>,
    /// Whose turn it is to run Python.
    pub turn: Turn,
    pub resolver: Resolver,
    pub nat: Arc<Nat>,
    pub(crate) expose: bool,
    pub(crate) beyond: Option<Arc<dyn Beyond>>,
    link: Option<Link>,
    notice: Notice,
    pub witness: Option<Arc<Witness>>,
}

impl std::fmt::Debug for Stack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stack").field("nat", &self.nat).finish_non_exhaustive()
    }
}

impl Stack {
    #[must_use]
    pub fn new(options: StackOptions) -> Arc<Self> {
        let StackOptions { overrides, forwards, addresses, expose, beyond, link, notice, witness, time } = options;
        let stack = Arc::new(Self {
            waiters: Waiters::new(time.clone()),
            living: Arc::default(),
            turn: Turn::default(),
            resolver: Resolver::new(overrides, beyond.clone(), link.clone()),
            nat: Arc::new(Nat::new(addresses, forwards)),
            expose,
            beyond,
            link,
            notice,
            witness,
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
        self.nat.inward(transport, to).is_some() || (self.beyond.is_some() && !is_of_this_host(to.ip()))
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
        match &self.beyond {
            Some(beyond) => beyond.route(transport, to),
            _ => Route::To(to),
        }
    }
}

impl Servers for Stack {
    fn settle(&self) -> bool {
        self.beyond.as_ref().is_none_or(|beyond| beyond.settle())
    }
}

/// Addresses that never leave the host.
fn is_of_this_host(ip: IpAddr) -> bool {
    ip.is_loopback() || ip.is_unspecified()
}
