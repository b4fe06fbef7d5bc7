//! Scripts that a test runs: on the test's own board, in a session of their own, as power-on runs them; with the main
//! serial port in the test's hands, or only what they print.

use crate::convert;
use crate::events::Channel;
use crate::native::Kit;
use crate::network::Network;
use parking_lot::Mutex;
use quecpy_device::Board;
use quecpy_net::wire::Feed;
use quecpy_net::{Busy, StackOptions, Waiter};
use quecpy_runtime::front::{Current, Front};
use quecpy_runtime::interactive::{Inbox, Next};
use quecpy_runtime::main_port::{self, MainPort};
use quecpy_runtime::{Console, MAIN, Options, Outcome, Source, Work, power_on};
use quecpy_usocket::Semantics;
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::Arc;
use std::time::{Duration, Instant};

#[derive(Debug, Default)]
struct State {
    out: Vec<u8>,
    err: Vec<u8>,
    typed: VecDeque<u8>,
    /// Threads that wait for what is typed.
    readers: Vec<Arc<Waiter>>,
    input_ended: bool,
    ended: Option<String>,
    restarts: usize,
}

/// How long what is typed may find no room.
const TYPING: Duration = Duration::from_secs(5);

/// A script that runs, or has run.
#[derive(Default)]
pub struct Script {
    state: Mutex<State>,
    current: Current,
    at: At,
    /// Where what is typed goes when the test is at the main serial port.
    feed: Mutex<Option<Feed>>,
    /// And where the prompt's jobs go.
    inbox: Mutex<Option<Inbox>>,
}

impl std::fmt::Debug for Script {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Script").field("state", &self.state).finish_non_exhaustive()
    }
}

struct End(Arc<Script>, bool);

impl Write for End {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut state = self.0.state.lock();
        if self.1 { &mut state.err } else { &mut state.out }.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Keyboard(Arc<Script>);

impl quecpy_runtime::Keyboard for Keyboard {
    fn take(&self, most: usize) -> Vec<u8> {
        let typed = &mut self.0.state.lock().typed;
        let n = most.min(typed.len());
        typed.drain(..n).collect()
    }

    fn has_some(&self) -> bool {
        !self.0.state.lock().typed.is_empty()
    }

    fn has_ended(&self) -> bool {
        self.0.state.lock().input_ended
    }

    fn tell(&self, thread: Arc<Waiter>) {
        let readers = &mut self.0.state.lock().readers;
        if !readers.iter().any(|known| Arc::ptr_eq(known, &thread)) {
            readers.push(thread);
        }
    }
}

/// The main serial port, whose other end is the test.
struct Wire(Arc<Script>);

impl main_port::Wire for Wire {
    fn open(&self, feed: Feed) -> Result<(), String> {
        *self.0.feed.lock() = Some(feed);
        Ok(())
    }

    fn send(&self, bytes: &[u8]) {
        self.0.state.lock().out.extend_from_slice(bytes);
    }
}

/// How the test is connected to what it runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum At {
    /// It hears what is printed.
    #[default]
    Output,
    /// It is at the prompt.
    MainPort,
}

/// What it takes to run one.
#[derive(Debug, Clone)]
pub struct Stage {
    pub board: Arc<Board>,
    pub network: Arc<Network>,
    pub firmware: &'static Semantics,
    pub strict: bool,
    pub channel: Channel,
}

impl Script {
    /// Does `work` on a thread of its own.
    fn start(stage: Stage, work: Work, at: At, arguments: Vec<String>) -> io::Result<Arc<Self>> {
        let script = Arc::new(Self { at, ..Self::default() });
        let own = script.clone();
        // Time must not jump before it runs.
        let still = stage.board.time.busy();
        std::thread::Builder::new()
            .name("script".into())
            .stack_size(16 << 20)
            .spawn(move || own.run(&stage, &work, arguments, still))?;
        Ok(script)
    }

    fn run(self: &Arc<Self>, stage: &Stage, work: &Work, arguments: Vec<String>, still: Busy) {
        let board = &stage.board;
        // The test's own session hears of the board again when the script has ended.
        let (events, power) = (board.events.listener(), board.power.listener());
        let front: Option<Box<dyn Front>> = match self.at {
            At::Output => None,
            At::MainPort => {
                let wire: Arc<dyn main_port::Wire> = Arc::new(Wire(self.clone()));
                Some(Box::new(MainPort::new(vec![wire], self.current.clone(), board.clone())))
            }
        };
        let plain = || {
            Console::of_keyboard(Arc::new(Keyboard(self.clone())), End(self.clone(), false), End(self.clone(), true))
        };
        *self.inbox.lock() = front.as_ref().map(|front| front.inbox());
        let errors = self.clone();
        let options = Options {
            firmware: stage.firmware,
            strict: stage.strict,
            console: front.as_ref().map_or_else(plain, |front| front.console()),
            network: StackOptions {
                upstream: Some(stage.network.clone()),
                notice: Arc::new(move |line| {
                    let mut state = errors.state.lock();
                    state.err.extend_from_slice(format!("quecpy: {line}\n").as_bytes());
                }),
                ..StackOptions::default()
            },
            arguments,
            exit: front.is_some(),
            on_fault: Some(crate::worker::on_fault(&stage.channel)),
            ..Options::default()
        };
        let restarts = || self.state.lock().restarts += 1;
        let off = power_on(board, &options, work, front, &self.current, &restarts, still);
        let how = off.map_or_else(
            |text| text,
            |(outcome, session)| {
                // What it has left running ends with it.
                session.end();
                name(outcome)
            },
        );
        board.power.forget_request();
        board.events.listen(events);
        board.power.listen(power);
        *self.feed.lock() = None;
        self.state.lock().ended = Some(how);
    }

    fn told(&self) -> Value {
        let state = self.state.lock();
        json!({
            "out": String::from_utf8_lossy(&state.out),
            "err": String::from_utf8_lossy(&state.err),
            "ended": state.ended,
            "restarts": state.restarts,
        })
    }

    #[expect(clippy::disallowed_methods, reason = "the thread that types takes no part in virtual time")]
    fn type_in(&self, bytes: &[u8]) -> Result<(), String> {
        if self.at == At::Output {
            let mut state = self.state.lock();
            state.typed.extend(bytes);
            state.readers.drain(..).for_each(|reader| reader.wake());
            return Ok(());
        }
        // What the port has no room for yet, or what comes before it is there, is kept until it has.
        let mut rest = bytes;
        let mut moved = Instant::now();
        while !rest.is_empty() && self.state.lock().ended.is_none() {
            let feed = self.feed.lock().clone();
            let taken = feed.map_or(0, |feed| feed.receive(rest));
            rest = &rest[taken..];
            if taken > 0 {
                moved = Instant::now();
            } else if moved.elapsed() > TYPING {
                return Err(format!("the module does not read what is typed: {} bytes are left", rest.len()));
            } else {
                quecpy_net::pause();
            }
        }
        Ok(())
    }

    /// Ends it, a prompt also; to be said again to a script that takes no notice.
    fn stop(&self) {
        if let Some(inbox) = &*self.inbox.lock() {
            inbox.post(Box::new(|_| Next::Quit(Outcome::Done)));
        }
        self.interrupt();
    }

    fn interrupt(&self) {
        self.current.interrupt();
        let mut state = self.state.lock();
        state.input_ended = true;
        state.readers.drain(..).for_each(|reader| reader.wake());
    }
}

/// How a run ended.
fn name(outcome: Outcome) -> String {
    match outcome {
        Outcome::Done => "done".into(),
        Outcome::Exit(n) => format!("exit {n}"),
        Outcome::Failed => "failed".into(),
        Outcome::Interrupted => "interrupted".into(),
        Outcome::Fault => "fault of quecpy".into(),
        Outcome::PowerDown => "power down".into(),
        Outcome::Restart => "restart".into(),
    }
}

/// Does what the Python half asks for.
///
/// # Errors
/// ValueError for what does not exist or does not fit.
pub fn act(what: &str, argument: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let argument = argument.map_or(Ok(Value::Null), |a| convert::to_json(&a, vm))?;
    let kit = Kit::of(vm)?;
    let stack = quecpy_usocket::Environment::of(vm)?.stack.clone();
    // Typing waits for a session, whose start may collect garbage, for which all threads of the VM stop.
    let done = quecpy_usocket::gil::detached(vm, &stack, || perform(&kit, what, &argument));
    let done = done.map_err(|text| vm.new_value_error(text))?;
    convert::to_python(&done, vm)
}

fn perform(kit: &Kit, what: &str, argument: &Value) -> Result<Value, String> {
    if what == "start" {
        let script = start(kit, argument)?;
        let mut scripts = kit.scripts.lock();
        scripts.push(script);
        return Ok(json!(scripts.len() - 1));
    }
    let number = argument["script"].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(usize::MAX);
    let script = kit.scripts.lock().get(number).cloned().ok_or("there is no such script")?;
    match what {
        "told" => return Ok(script.told()),
        "type" => script.type_in(&octets(&argument["data"]))?,
        "interrupt" => script.interrupt(),
        "stop" => script.stop(),
        _ => return Err(format!("there is no script.{what}")),
    }
    Ok(Value::Null)
}

/// Bytes as the Python half tells them.
fn octets(list: &Value) -> Vec<u8> {
    let bytes = list.as_array().into_iter().flatten();
    bytes.filter_map(|b| b.as_u64().and_then(|b| u8::try_from(b).ok())).collect()
}

/// Starts what the test names: a file, a text, or (neither) what power-on runs.
fn start(kit: &Kit, argument: &Value) -> Result<Arc<Script>, String> {
    let name = argument["file"].as_str();
    let work = match (argument["text"].as_str(), name) {
        (Some(text), _) => Work::Script(Source::text("<test>", text)),
        (None, Some(name)) => {
            let path = if name.starts_with('/') { name.to_owned() } else { format!("/usr/{name}") };
            let bytes = kit.board.flash.read(&path).map_err(|_| format!("there is no {path}"))?;
            let text = String::from_utf8(bytes).map_err(|_| format!("{path} is not UTF-8"))?;
            Work::Script(Source::text(path, text))
        }
        (None, None) => Work::Boot(MAIN.to_owned()),
    };
    let at = if argument["port"] == json!(true) { At::MainPort } else { At::Output };
    let arguments = argument["arguments"].as_array().cloned().unwrap_or_default();
    let rest = arguments.iter().map(|a| a.as_str().unwrap_or_default().to_owned());
    let arguments = std::iter::once(name.unwrap_or_default().to_owned()).chain(rest).collect();
    Script::start(kit.stage.clone(), work, at, arguments).map_err(|e| format!("cannot start the script: {e}"))
}
