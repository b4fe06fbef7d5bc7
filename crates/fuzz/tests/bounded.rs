//! Every fuzz target for a moment: its corpus, its seeds, and changed ones, the same in every run.
//!
//! `QUECPY_FUZZ_SECONDS=600` goes on for so long for each target, with other inputs for another `QUECPY_FUZZ_SEED`. An input at
//! which the program dies is in `target/fuzz/NAME`.

use libtest_mimic::{Arguments, Failed, Trial};
use quecpy_fuzz::mutation::{self, Random};
use quecpy_fuzz::{TARGETS, Target};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::SeqCst;
use std::time::{Duration, Instant};

/// As the main thread of a program has it on most hosts.
const STACK: usize = 8 << 20;

/// Panics of any thread: a server's, too, which nobody waits for.
static PANICS: AtomicUsize = AtomicUsize::new(0);

fn main() {
    let arguments = Arguments::from_args();
    let told = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        PANICS.fetch_add(1, SeqCst);
        told(panic);
    }));
    let trials = TARGETS.iter().map(|target| {
        Trial::test(target.name, move || {
            let thread = std::thread::Builder::new().stack_size(STACK).spawn(move || check(target));
            thread.expect("a thread").join().unwrap_or_else(|_| Err("it panicked".into()))
        })
    });
    // One after another, as a panic is somebody's.
    let arguments = Arguments { test_threads: Some(1), ..arguments };
    libtest_mimic::run(&arguments, trials.collect()).exit();
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// Where the program's own files are.
fn top() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn corpus(target: &Target) -> Vec<Vec<u8>> {
    let Ok(entries) = std::fs::read_dir(top().join("corpus").join(target.name)) else { return Vec::new() };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).expect("a readable input")).collect()
}

fn check(target: &Target) -> Result<(), Failed> {
    let long = number("QUECPY_FUZZ_SECONDS").map(Duration::from_secs);
    let mut random = Random::new(number("QUECPY_FUZZ_SEED").unwrap_or(1), target.name);
    let last = long.map(|_| top().join("../../target/fuzz").join(target.name));
    let seeds = [corpus(target), (target.seeds)()].concat();
    let begin = Instant::now();
    let (mut inputs, mut bytes) = (0usize, 0usize);
    let mut one = |input: &[u8]| {
        inputs += 1;
        bytes += input.len();
        run(target, input, last.as_deref())
    };
    seeds.iter().try_for_each(|seed| one(seed))?;
    match long {
        None => (0..target.inputs).try_for_each(|_| one(&mutation::next(&mut random, target, &seeds)))?,
        Some(time) => {
            while begin.elapsed() < time {
                one(&mutation::next(&mut random, target, &seeds))?;
            }
        }
    }
    println!("{}: {inputs} inputs of {bytes} bytes in {:.1} s", target.name, begin.elapsed().as_secs_f64());
    Ok(())
}

fn run(target: &Target, input: &[u8], last: Option<&Path>) -> Result<(), Failed> {
    if let Some(last) = last {
        std::fs::create_dir_all(last.parent().expect("it is in a folder")).expect("a folder");
        std::fs::write(last, input).expect("written");
    }
    let before = PANICS.load(SeqCst);
    let ended = catch_unwind(AssertUnwindSafe(|| (target.run)(input)));
    if ended.is_ok() && PANICS.load(SeqCst) == before {
        return Ok(());
    }
    Err(format!("{}: b\"{}\"", target.name, input.escape_ascii()).into())
}
