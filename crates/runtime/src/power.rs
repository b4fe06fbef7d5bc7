//! Power-on: sessions on one board, one after another, until the power goes or nobody is left.

use crate::front::{Current, Front};
use crate::interactive::Next;
use crate::session::{Options, Outcome, Session, Source};
use quecpy_device::Board;
use std::sync::Arc;

/// What a module does when it is powered on.
#[derive(Debug, Clone)]
pub enum Work {
    /// Runs this.
    Script(Source),
    /// Runs main.py of its flash.
    Boot,
    /// Nothing: it waits at its prompt.
    Idle,
}

/// How it ended, and the last session, for the caller to end or to leave to the end of the process.
pub type Off = (Outcome, Session);

/// Powers a board on, again whenever it restarts (`restarts` is told). Whoever interrupts does so through `current`. With
/// a front end, which has the session's console, the module goes to its prompt when the work is done.
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
) -> Result<Off, String> {
    loop {
        let session = Session::on(board.clone(), options.clone());
        current.set(session.interrupter());
        let banner = session.banner();
        if let Some(front) = &mut front {
            front.starting(&banner)?;
        }
        let outcome = match work {
            Work::Script(source) => session.run(source),
            Work::Boot => session.boot(),
            Work::Idle => Outcome::Done,
        };
        if let Some(front) = front.as_mut().filter(|_| !matches!(outcome, Outcome::PowerDown | Outcome::Restart)) {
            front.ready(&banner)?;
            match session.serve(&front.inbox()) {
                Next::Quit => return Ok((Outcome::Done, session)),
                Next::SoftReset => {
                    session.end();
                    front.soft_reset();
                    // A script is run once; main.py is run at every start.
                    let again = matches!(work, Work::Boot) && front.runs_main();
                    work = if again { work } else { &Work::Idle };
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
        drop(session);
        restarts();
        board.restart();
    }
}
