//! Power-on: sessions on one board, one after another, until the power goes or nobody is left.

use crate::front::{Current, Front};
use crate::interactive::Next;
use crate::options::{Options, Outcome, Source};
use crate::session::Session;
use quecpy_device::Board;
use quecpy_net::{Busy, sandbox};
use std::sync::Arc;

/// What runs at power-on.
pub const MAIN: &str = "/usr/main.py";

/// What a module does when it is powered on.
#[derive(Debug, Clone)]
pub enum Work {
    /// Runs this.
    Script(Source),
    /// Runs a file of its flash: [`MAIN`].
    Boot(String),
    /// Nothing: it waits at its prompt.
    Idle,
}

/// How it ended, and the last session, for the caller to end or to leave to the end of the process.
pub type Off = (Outcome, Session);

/// Powers a board on, again whenever it restarts (`restarts` is told). Whoever interrupts does so through `current`. With
/// a front end, which has the session's console, the module goes to its prompt when the work is done. `still` keeps
/// virtual time from jumping until there is a session.
///
/// # Errors
/// One line that says why nobody can talk to it.
pub fn power_on(
    board: &Arc<Board>,
    options: &Options,
    mut work: &Work,
    mut front: Option<Box<dyn Front>>,
    current: &Current,
    restarts: &dyn Fn(),
    still: Busy,
) -> Result<Off, String> {
    // Whether the front end is told that there is a session: not of one that takes the place of a broken one.
    let mut is_new = true;
    let mut reach = options.reach.as_ref();
    let mut between = Some(still);
    loop {
        let session = Session::on(board.clone(), options.clone());
        drop(between.take());
        current.set(session.interrupter());
        let banner = session.banner();
        if let Some(front) = &mut front {
            front.starting(&banner)?;
        }
        // Once, for good: before the first line of a script, and behind all that the front end opens.
        if let Some(reach) = reach.take() {
            sandbox::enter(reach).map_err(|e| format!("cannot keep the script in: {e}; --no-sandbox does without"))?;
        }
        let outcome = match work {
            Work::Script(source) => session.run(source),
            Work::Boot(main) => session.boot(main),
            Work::Idle => Outcome::Done,
        };
        if let Some(front) = front.as_mut().filter(|_| !matches!(outcome, Outcome::PowerDown | Outcome::Restart)) {
            if outcome == Outcome::Fault {
                between = Some(board.time.busy());
                session.end();
                work = &Work::Idle;
                continue;
            }
            if std::mem::replace(&mut is_new, true) {
                front.ready(&banner)?;
            }
            match session.serve(&front.inbox()) {
                Next::Quit(outcome) => return Ok((outcome, session)),
                Next::SoftReset => {
                    between = Some(board.time.busy());
                    session.end();
                    front.soft_reset();
                    // A script is run once; main.py is run at every start.
                    let again = matches!(work, Work::Boot(_)) && front.runs_main();
                    work = if again { work } else { &Work::Idle };
                    continue;
                }
                Next::Fault => {
                    between = Some(board.time.busy());
                    session.end();
                    (work, is_new) = (&Work::Idle, false);
                    continue;
                }
                // Power: below.
                Next::Continue => {}
            }
        }
        let outcome = session.powered_off().unwrap_or(outcome);
        if outcome != Outcome::Restart {
            return Ok((outcome, session));
        }
        between = Some(board.time.busy());
        session.discard();
        restarts();
        if let Some(front) = &mut front {
            front.inbox().clear();
            front.restarting();
        }
        board.restart();
    }
}
