//! A function written for the module, called with bytes.

use quecpy_runtime::{Options, Outcome, Session, Source, Storage, stdio};
use rustpython_vm::builtins::PyStr;
use rustpython_vm::{AsObject, PyObjectRef};
use tempfile::TempDir;

/// A session that has the function `check`.
pub struct Check {
    session: Session,
    /// What it has printed.
    stdout: Box<dyn Fn() -> String>,
    _project: TempDir,
}

/// What the module makes of an input: a text or nothing.
pub type Answer = Option<String>;

impl Check {
    /// Runs `source`, which has to define `check(data)`.
    pub fn new(source: &str) -> Self {
        let (console, output) = stdio::captured("");
        let project = tempfile::tempdir().expect("a folder");
        let storage = Storage::Ephemeral;
        let options =
            Options { console, storage, project: project.path().to_owned(), exit: true, ..Options::default() };
        let session = Session::new(options).expect("a session");
        let keep = "\nimport builtins\nbuiltins._check = check\n";
        let outcome = session.run(&Source::text("<check>", format!("{source}{keep}")));
        assert_eq!(outcome, Outcome::Done, "{}", output.stderr());
        Self { session, stdout: Box::new(move || output.stdout()), _project: project }
    }

    /// Calls it. Any exception that it does not catch itself is a failure.
    pub fn call(&self, data: &[u8]) -> Answer {
        let said = self.session.enter(|vm| -> Result<Answer, String> {
            let told = |e| quecpy_modules::bridge::exceptions::traceback::text(&e, vm);
            let check = vm.builtins.as_object().get_attr("_check", vm).map_err(told)?;
            let data: PyObjectRef = vm.ctx.new_bytes(data.to_vec()).into();
            let answer = check.call((data,), vm).map_err(told)?;
            Ok(answer.downcast_ref::<PyStr>().map(ToString::to_string))
        });
        assert_eq!((self.stdout)(), "");
        said.unwrap_or_else(|traceback| panic!("{traceback}"))
    }

    /// Does something in the session's VM.
    pub fn session(&self) -> &Session {
        &self.session
    }
}
