//! Scripts that a test runs: on the test's own board, in a session of their own, as power-on runs them.

use crate::convert;
use crate::native::Kit;
use crate::network::Network;
use quecpy_device::Board;
use quecpy_net::StackOptions;
use quecpy_runtime::{Console, Interrupter, Options, Outcome, Session, Source};
use quecpy_usocket::Semantics;
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

#[derive(Debug, Default)]
struct State {
    out: Vec<u8>,
    err: Vec<u8>,
    typed: VecDeque<u8>,
    input_ended: bool,
    ended: Option<String>,
    restarts: usize,
}

/// A script that runs, or has run.
#[derive(Default)]
pub struct Script {
    state: Mutex<State>,
    typed: Condvar,
    interrupter: Mutex<Option<Interrupter>>,
}

impl std::fmt::Debug for Script {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Script").field("state", &self.state).finish_non_exhaustive()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

struct End(Arc<Script>, bool);

impl Write for End {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut state = lock(&self.0.state);
        if self.1 { &mut state.err } else { &mut state.out }.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Keyboard(Arc<Script>);

impl Read for Keyboard {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let mut state = lock(&self.0.state);
        while state.typed.is_empty() && !state.input_ended {
            state = self.0.typed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.typed.read(room)
    }
}

/// What it takes to run one.
#[derive(Debug, Clone)]
pub struct Stage {
    pub board: Arc<Board>,
    pub network: Arc<Network>,
    pub firmware: &'static Semantics,
    pub strict: bool,
}

impl Script {
    /// Runs `source`, or what power-on runs, on a thread of its own.
    fn start(stage: Stage, source: Option<Source>, arguments: Vec<String>) -> io::Result<Arc<Self>> {
        let script = Arc::new(Self::default());
        let own = script.clone();
        std::thread::Builder::new()
            .name("script".into())
            .stack_size(16 << 20)
            .spawn(move || own.run(&stage, source.as_ref(), arguments))?;
        Ok(script)
    }

    fn run(self: &Arc<Self>, stage: &Stage, source: Option<&Source>, arguments: Vec<String>) {
        let board = &stage.board;
        // The test's own session hears of the board again when the script has ended.
        let (events, power) = (board.events.listener(), board.power.listener());
        let errors = self.clone();
        let options = Options {
            firmware: stage.firmware,
            strict: stage.strict,
            console: Console::new(Keyboard(self.clone()), End(self.clone(), false), End(self.clone(), true)),
            network: StackOptions {
                beyond: Some(stage.network.clone()),
                notice: Arc::new(move |line| {
                    let mut state = lock(&errors.state);
                    state.err.extend_from_slice(format!("quecpy: {line}\n").as_bytes());
                }),
                ..StackOptions::default()
            },
            arguments,
            ..Options::default()
        };
        let how = loop {
            let session = Session::on(board.clone(), options.clone());
            *lock(&self.interrupter) = Some(session.interrupter());
            let outcome = match source {
                Some(source) => session.run(source),
                None => session.boot(),
            };
            let outcome = session.powered_off().unwrap_or(outcome);
            // What it has left running ends with it.
            session.end();
            if outcome == Outcome::Restart {
                lock(&self.state).restarts += 1;
                board.restart();
                continue;
            }
            break outcome;
        };
        *lock(&self.interrupter) = None;
        board.power.forget_request();
        board.events.listen(events);
        board.power.listen(power);
        lock(&self.state).ended = Some(match how {
            Outcome::Done => "done".into(),
            Outcome::Exit(n) => format!("exit {n}"),
            Outcome::Failed => "failed".into(),
            Outcome::Interrupted => "interrupted".into(),
            Outcome::PowerDown => "power down".into(),
            Outcome::Restart => "restart".into(),
        });
    }

    fn told(&self) -> Value {
        let state = lock(&self.state);
        json!({
            "out": String::from_utf8_lossy(&state.out),
            "err": String::from_utf8_lossy(&state.err),
            "ended": state.ended,
            "restarts": state.restarts,
        })
    }

    fn type_in(&self, text: &str) {
        lock(&self.state).typed.extend(text.as_bytes());
        self.typed.notify_all();
    }

    fn interrupt(&self) {
        if let Some(interrupter) = &*lock(&self.interrupter) {
            interrupter.interrupt();
        }
        lock(&self.state).input_ended = true;
        self.typed.notify_all();
    }
}

/// Does what the Python half asks for.
///
/// # Errors
/// ValueError for what does not exist or does not fit.
pub fn act(what: &str, argument: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let argument = argument.map_or(Ok(Value::Null), |a| convert::to_json(&a, vm))?;
    let kit = Kit::of(vm)?;
    let done = perform(&kit, what, &argument).map_err(|text| vm.new_value_error(text))?;
    convert::to_python(&done, vm)
}

fn perform(kit: &Kit, what: &str, argument: &Value) -> Result<Value, String> {
    if what == "start" {
        let name = argument["file"].as_str();
        let text = match (argument["text"].as_str(), name) {
            (Some(text), _) => Some(Source::text("<test>", text)),
            (None, Some(name)) => {
                let path = if name.starts_with('/') { name.to_owned() } else { format!("/usr/{name}") };
                let bytes = kit.board.flash.read(&path).map_err(|_| format!("there is no {path}"))?;
                let text = String::from_utf8(bytes).map_err(|_| format!("{path} is not UTF-8"))?;
                Some(Source::text(path, text))
            }
            (None, None) => None,
        };
        let arguments = argument["arguments"].as_array().cloned().unwrap_or_default();
        let first = name.unwrap_or_default().to_owned();
        let rest = arguments.iter().map(|a| a.as_str().unwrap_or_default().to_owned());
        let script = Script::start(kit.stage.clone(), text, std::iter::once(first).chain(rest).collect())
            .map_err(|e| format!("cannot start the script: {e}"))?;
        let mut scripts = lock(&kit.scripts);
        scripts.push(script);
        return Ok(json!(scripts.len() - 1));
    }
    let number = argument["script"].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(usize::MAX);
    let script = lock(&kit.scripts).get(number).cloned().ok_or("there is no such script")?;
    match what {
        "told" => return Ok(script.told()),
        "type" => script.type_in(argument["text"].as_str().unwrap_or_default()),
        "interrupt" => script.interrupt(),
        _ => return Err(format!("there is no script.{what}")),
    }
    Ok(Value::Null)
}
