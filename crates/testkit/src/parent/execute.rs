//! Collects and runs files in worker processes, several at a time.

use crate::events::{Event, Item, Report, Verdict, When, Why};
use crate::parent::discover;
use crate::parent::discover::TestFile;
use crate::parent::process::{Silence, Worker};
use crate::parent::stop::Stop;
use crate::setup::Setup;
use parking_lot::Mutex;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

/// How many workers may wait with their tests collected; those of further files are started anew. Each holds about
/// 5 MiB, and [`FILES`] open files here.
const WAITING: usize = 256;
const FILES: u64 = 4;

fn most_waiting() -> usize {
    let files = rlimit::increase_nofile_limit(2 * FILES * WAITING as u64).unwrap_or(256);
    usize::try_from(files / FILES / 2).unwrap_or(WAITING).min(WAITING)
}

/// How much longer than a test's timeout its worker may be silent.
const PATIENCE: Duration = Duration::from_secs(10);

/// What all workers have in common.
#[derive(Debug, Clone)]
pub struct Common {
    /// The program to start as a worker.
    pub program: PathBuf,
    /// The folder that node ids start from.
    pub root: PathBuf,
    /// The folder that the run was started in.
    pub here: PathBuf,
    /// `--project`
    pub project: Option<PathBuf>,
    /// `--confcutdir`
    pub conftests_from: Option<PathBuf>,
    /// How many workers at once.
    pub jobs: usize,
    /// What each worker is told at its start.
    pub setup: Setup,
}

/// One file's part of the run.
#[derive(Debug)]
pub struct Job {
    setup: Setup,
    worker: Option<Worker>,
}

/// What happens, by the number of the file.
pub type Happening = (usize, Event);

impl Job {
    /// The work on this file.
    #[must_use]
    pub fn new(file: &TestFile, common: &Common) -> Self {
        let project = common.project.clone().unwrap_or_else(|| discover::project(&file.path, &common.root));
        let folder = file.path.parent().and_then(|f| f.strip_prefix(&project).ok());
        let folder = folder.map(|f| format!("/usr/{}", f.to_string_lossy().replace('\\', "/")));
        let text = |p: &Path| p.to_string_lossy().into_owned();
        let top = common.conftests_from.as_ref().unwrap_or(&common.root);
        let conftests = discover::conftests(&file.path, top).into_iter().map(|path| {
            let base = discover::relative(path.parent().unwrap_or(&path), &common.root);
            (text(&path), base, discover::relative(&path, &common.here))
        });
        let setup = Setup {
            path: text(&file.path),
            id: file.id.clone(),
            shown: file.shown.clone(),
            folder: folder.map(|f| f.trim_end_matches('/').to_owned()).filter(|f| f != "/usr"),
            conftests: conftests.collect(),
            project,
            ..common.setup.clone()
        };
        Self { setup, worker: None }
    }
}

/// Does `work` for each of `numbers` on several threads; what happens comes out of the receiver.
fn on_threads(
    threads: usize,
    numbers: Vec<usize>,
    work: impl Fn(usize, &Sender<Happening>) + Send + Sync + 'static,
) -> Receiver<Happening> {
    let (tell, happenings) = channel();
    let queue = Arc::new(Mutex::new(VecDeque::from(numbers)));
    let work = Arc::new(work);
    for _ in 0..threads.max(1) {
        let (queue, tell, work) = (queue.clone(), tell.clone(), work.clone());
        let run = move || {
            loop {
                let next = queue.lock().pop_front();
                let Some(number) = next else { return };
                work(number, &tell);
            }
        };
        // With fewer threads it takes longer; without any, the receiver ends at once.
        let _ = std::thread::Builder::new().name("tests".into()).spawn(run);
    }
    happenings
}

/// All files of a run.
#[derive(Debug, Clone)]
pub struct Jobs {
    common: Common,
    jobs: Arc<Vec<Mutex<Job>>>,
}

impl Jobs {
    /// The work on all of these files.
    #[must_use]
    pub fn new(files: Vec<TestFile>, common: Common) -> Self {
        let jobs = files.into_iter().map(|file| Mutex::new(Job::new(&file, &common))).collect();
        Self { common, jobs: Arc::new(jobs) }
    }

    fn count(&self) -> usize {
        self.jobs.len()
    }

    /// Imports each file and finds its tests. One [`Event::Collected`] (or [`Event::Exit`]) for each file.
    #[must_use]
    pub fn collect(&self, stop: &Stop) -> Receiver<Happening> {
        let (own, stop) = (self.clone(), stop.clone());
        let most = most_waiting();
        // Collecting is mostly waiting for processes to start: two at least.
        on_threads(self.common.jobs.max(2).min(self.count()), (0..self.count()).collect(), move |number, tell| {
            if stop.is_interrupted() {
                return;
            }
            let mut job = own.jobs[number].lock();
            let event = own.collect_one(&mut job, number < most, &stop, &|event| {
                // Who collects may have gone.
                let _ = tell.send((number, event));
            });
            if let Some(event) = event {
                let _ = tell.send((number, event));
            }
        })
    }

    /// None when the run is to end.
    fn collect_one(&self, job: &mut Job, keep: bool, stop: &Stop, tell: &dyn Fn(Event)) -> Option<Event> {
        let failed = |text: String| {
            let why = Why { message: text.clone(), text, ..Why::default() };
            Some(Event::Collected { items: Vec::new(), error: Some(why), skipped: None, sections: Vec::new() })
        };
        let mut worker = match Worker::start(&self.common.program, &job.setup, stop) {
            Ok(worker) => worker,
            Err(e) => {
                let reason = format!("INTERNALERROR> cannot start a worker: {e}");
                return Some(Event::Exit { reason, code: Some(i32::from(crate::exit_code::INTERNAL)) });
            }
        };
        let patience = patience(&job.setup);
        loop {
            match worker.next(patience) {
                Ok(event @ Event::Collected { .. }) => {
                    if keep {
                        job.worker = Some(worker);
                    }
                    return Some(event);
                }
                Ok(event @ Event::Exit { .. }) => return Some(event),
                Ok(Event::Fault { text }) => return failed(text),
                Ok(Event::Hung { text, .. }) => return failed(format!("{ENDLESS}\n{text}").trim_end().to_owned()),
                Ok(event) => tell(event),
                Err(Silence::Stopped) => return None,
                Err(Silence::Ended(how)) => return failed(format!("the worker crashed during collection: {how}")),
                Err(Silence::TooLong) => return failed(ENDLESS.to_owned()),
            }
        }
    }

    /// Runs the selected tests of each file, by their places in what was collected.
    #[must_use]
    pub fn run(&self, selected: Vec<(usize, Vec<(usize, Item)>)>, stop: Stop) -> Receiver<Happening> {
        let order = selected.iter().map(|(number, _)| *number).collect();
        let mut by_number = vec![Vec::new(); self.count()];
        for (number, items) in selected {
            by_number[number] = items;
        }
        let own = self.clone();
        on_threads(self.common.jobs.min(self.count()), order, move |number, tell| {
            let mut job = own.jobs[number].lock();
            own.run_one(number, &mut job, &by_number[number], &stop, tell);
        })
    }

    fn run_one(&self, number: usize, job: &mut Job, items: &[(usize, Item)], stop: &Stop, tell: &Sender<Happening>) {
        let mut left: Vec<(usize, Item)> = items.to_vec();
        while !left.is_empty() && !stop.is_set() {
            let done = self.run_some(number, job, &left, stop, tell);
            job.worker = None;
            match done {
                // A worker that crashed takes one test with it; the others get a new one.
                Some(done) => left.drain(..done.min(left.len())),
                None => return,
            };
        }
    }

    /// Runs tests in one worker. `None` when all is done; otherwise how many of them are.
    fn run_some(
        &self,
        number: usize,
        job: &mut Job,
        items: &[(usize, Item)],
        stop: &Stop,
        tell: &Sender<Happening>,
    ) -> Option<usize> {
        let send = |event: Event| {
            // The one who reports may have gone.
            let _ = tell.send((number, event));
        };
        if job.worker.is_none() {
            match self.collect_one(job, true, stop, &|_| ()) {
                Some(Event::Collected { items, .. }) if !items.is_empty() => {}
                None => return None,
                Some(_) => {
                    send(crashed(&items[0].1.id, When::Call, "the file could not be collected again", ""));
                    return Some(items.len());
                }
            }
        }
        let worker = job.worker.as_mut()?;
        let numbers: Vec<usize> = items.iter().map(|(n, _)| *n).collect();
        worker.tell(&serde_json::json!({"run": numbers, "most_failures": stop.left()}));
        let (mut done, mut current, mut limit, mut counted) = (0, None, None, false);
        // What the test was at when its worker went down.
        let mut at = When::Call;
        let mut last_words = None;
        loop {
            match worker.next(limit) {
                Ok(Event::Start { id }) => {
                    limit = patience(&job.setup);
                    current = Some(id.clone());
                    send(Event::Start { id });
                }
                Ok(Event::Report(report)) => {
                    if report.outcome == Verdict::Failed && !counted {
                        counted = true;
                        stop.failed();
                    }
                    at = if report.when == When::Call { When::Teardown } else { When::Call };
                    if report.when == When::Teardown {
                        (done, current, limit) = (done + 1, None, None);
                        counted = false;
                        if done == items.len() || stop.is_set() {
                            // Nothing more is to come; its end need not be waited for.
                            send(Event::Report(report));
                            return None;
                        }
                    }
                    send(Event::Report(report));
                }
                Ok(Event::Hung { id, text }) => {
                    let how = "it did not end after its timeout, even when it was interrupted";
                    send(crashed(&id, at, how, &text));
                    return Some(done + 1);
                }
                Ok(Event::Fault { text }) => {
                    let id = current.unwrap_or_else(|| items[done.min(items.len() - 1)].1.id.clone());
                    send(failure(&id, at, text.clone(), text));
                    return Some(done + 1);
                }
                Ok(event @ Event::Exit { .. }) => {
                    send(event);
                    stop.set();
                    return None;
                }
                Ok(Event::Collected { error: Some(why), .. }) => last_words = Some(why.text),
                Ok(Event::Finished {}) if stop.is_set() => return None,
                // A file may spoil what the worker itself needs.
                Ok(Event::Finished {}) => {
                    let id = current.unwrap_or_else(|| items[done].1.id.clone());
                    send(crashed(&id, at, last_words.as_deref().unwrap_or("it ended before its tests did"), ""));
                    return Some(done + 1);
                }
                Ok(event) => send(event),
                Err(silence) => {
                    if stop.is_set() {
                        return None;
                    }
                    let how = match silence {
                        Silence::Stopped => return None,
                        Silence::Ended(how) => how,
                        Silence::TooLong => "it was silent for too long after its timeout, and was killed".to_owned(),
                    };
                    let id = current.unwrap_or_else(|| items[done.min(items.len() - 1)].1.id.clone());
                    send(crashed(&id, at, &how, ""));
                    return Some(done + 1);
                }
            }
        }
    }
}

/// How long a worker may be silent: for ever, if there is no timeout.
fn patience(setup: &Setup) -> Option<Duration> {
    let timeout = Duration::try_from_secs_f64(setup.timeout?).unwrap_or_default();
    timeout.checked_add(PATIENCE)
}

/// Of a file that is being imported.
const ENDLESS: &str = "the import did not end after the timeout, even when it was interrupted";

/// The report of a test whose worker went down with it.
fn crashed(id: &str, when: When, how: &str, stacks: &str) -> Event {
    let mut text = format!("the worker crashed while it ran '{id}': {how}");
    if !stacks.is_empty() {
        text += &format!("\n{stacks}");
    }
    let message = text.lines().next().unwrap_or_default().to_owned();
    failure(id, when, message, text)
}

fn failure(id: &str, when: When, message: String, text: String) -> Event {
    Event::Report(Report {
        id: id.to_owned(),
        when,
        outcome: Verdict::Failed,
        duration: 0.0,
        why: Some(Why { text, message, ..Why::default() }),
        wasxfail: None,
        sections: Vec::new(),
        properties: Vec::new(),
    })
}
