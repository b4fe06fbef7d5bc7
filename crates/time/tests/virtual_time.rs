//! Virtual time, as threads and plans see it.
#![expect(clippy::disallowed_methods, reason = "virtual time is compared with the host's")]

use quecpy_time::{Deadline, Plan, Sleeper, Time, Traffic};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::Thread;
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);
const HOUR: Duration = Duration::from_secs(3600);

struct Parked(Thread);

impl Sleeper for Parked {
    fn rouse(&self) {
        self.0.unpark();
    }
}

/// A thread that takes part, whose waits end at their deadlines only.
fn thread<R: Send + 'static>(
    time: &Time,
    run: impl FnOnce(&dyn Fn(Duration)) -> R + Send + 'static,
) -> std::thread::JoinHandle<R> {
    let (time, birth) = (time.clone(), time.busy());
    std::thread::spawn(move || {
        let sleeper: Arc<dyn Sleeper> = Arc::new(Parked(std::thread::current()));
        let participant = time.participant(Arc::downgrade(&sleeper));
        drop(birth);
        let sleep = |duration| {
            let deadline = Deadline::after(Some(duration), &time);
            while !deadline.passed(&time) {
                time.park(participant.seat(), deadline);
            }
        };
        run(&sleep)
    })
}

/// Whole seconds.
fn seconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1000.0).round() / 1000.0
}

/// Fires every `period` and tells when.
#[derive(Clone)]
struct Periodic {
    time: Time,
    period: Duration,
    told: Sender<Duration>,
    plan: Arc<Mutex<Option<Plan>>>,
}

impl Periodic {
    fn start(time: &Time, period: Duration) -> (Self, Receiver<Duration>) {
        let (told, hear) = channel();
        let periodic = Self { time: time.clone(), period, told, plan: Arc::default() };
        periodic.again();
        (periodic, hear)
    }

    fn again(&self) {
        let own = self.clone();
        let plan = self.time.after(self.period, move || {
            let _ = own.told.send(own.time.now());
            own.again();
        });
        *self.plan.lock().expect("no thread panics with it") = Some(plan);
    }
}

#[test]
fn all_that_is_due_happens_in_order_each_at_its_own_time() {
    let time = Time::real();
    let (told, hear) = channel();
    let begin = time.now();
    let plan = |after: u32| {
        let (clock, told) = (time.clone(), told.clone());
        time.after(after * SECOND, move || told.send((after, seconds(clock.now() - begin))).unwrap())
    };
    let _plans = [plan(30), plan(10), plan(61), plan(20)];
    drop(plan(15));
    time.pass(60 * SECOND);
    let fired: Vec<_> = hear.try_iter().collect();
    assert_eq!(fired, [(10, 10.0), (20, 20.0), (30, 30.0)]);
    assert_eq!(seconds(time.now() - begin).floor(), 60.0);
}

#[test]
fn what_is_planned_within_the_window_happens_in_it() {
    let time = Time::real();
    let begin = time.now();
    let (_periodic, hear) = Periodic::start(&time, SECOND);
    time.pass(60 * SECOND);
    let fired: Vec<_> = hear.try_iter().map(|at| (at - begin).as_secs()).collect();
    assert_eq!(fired, (1..=60).collect::<Vec<_>>());
}

#[test]
fn a_day_of_seconds_passes_in_no_time() {
    let time = Time::real();
    let (_periodic, hear) = Periodic::start(&time, SECOND);
    time.pass(24 * HOUR);
    assert_eq!(hear.try_iter().count(), 86_400);
}

#[test]
fn sleeps_end_in_the_order_of_their_times() {
    let time = Time::steered();
    time.set_fast(true);
    let begin = time.now();
    let (told, hear) = channel();
    let still = time.busy();
    let threads: Vec<_> = [3, 1, 2]
        .into_iter()
        .map(|hours| {
            let (clock, told) = (time.clone(), told.clone());
            thread(&time, move |sleep| {
                sleep(hours * HOUR);
                told.send((hours, seconds(clock.now() - begin))).unwrap();
            })
        })
        .collect();
    drop(still);
    threads.into_iter().for_each(|t| t.join().unwrap());
    assert_eq!(hear.try_iter().collect::<Vec<_>>(), [(1, 3600.0), (2, 7200.0), (3, 10800.0)]);
}

#[test]
fn a_sleep_that_began_in_real_time_ends_within_a_forward() {
    let time = Time::steered();
    let begin = time.now();
    let (told, hear) = channel();
    let (clock, slept) = (time.clone(), told.clone());
    let sleeper = thread(&time, move |sleep| {
        sleep(10 * SECOND);
        slept.send((clock.now() - begin).as_secs()).unwrap();
        sleep(30 * SECOND);
        slept.send((clock.now() - begin).as_secs()).unwrap();
        sleep(40 * SECOND);
        slept.send((clock.now() - begin).as_secs()).unwrap();
    });
    time.pass(60 * SECOND);
    assert_eq!(hear.try_iter().collect::<Vec<_>>(), [10, 40]);
    time.pass(60 * SECOND);
    sleeper.join().unwrap();
    assert_eq!(hear.try_iter().collect::<Vec<_>>(), [80]);
}

#[test]
fn time_stands_still_while_a_thread_runs_and_each_reading_counts() {
    let time = Time::real();
    time.set_fast(true);
    let _running = time.busy();
    let before = time.now();
    assert_eq!(time.now(), before);
    let first = time.read();
    assert_eq!(time.read() - first, Duration::from_micros(1));
    let mut readings = 0;
    while time.read() - before < Duration::from_millis(50) {
        readings += 1;
    }
    assert!((49_000..=50_000).contains(&readings), "{readings}");
}

#[test]
fn a_thread_that_never_waits_does_not_stop_time_for_ever() {
    let time = Time::real();
    time.set_fast(true);
    let _running = time.busy();
    let (told, hear) = channel();
    let _plan = time.after(Duration::from_millis(20), move || told.send(()).unwrap());
    // Nobody reads the clock; the host's time takes over after a while.
    hear.recv_timeout(Duration::from_secs(20)).unwrap();
}

#[test]
fn traffic_that_nobody_answers_delays_a_jump_for_a_moment_only() {
    let time = Time::real();
    time.set_fast(true);
    let begin = std::time::Instant::now();
    let sent = time.clone();
    thread(&time, move |sleep| {
        sent.traffic(Traffic::Foreign);
        sleep(HOUR);
        sleep(HOUR);
    })
    .join()
    .unwrap();
    let took = begin.elapsed();
    assert!((Duration::from_millis(20)..Duration::from_secs(10)).contains(&took), "{took:?}");
}

#[test]
fn real_time_goes_on_where_virtual_time_ended() {
    let time = Time::real();
    let (begin, wall) = (time.now(), time.wall());
    time.pass(HOUR);
    let (now, shown) = (time.now(), time.wall());
    assert!(now - begin >= HOUR && now - begin < HOUR + 10 * SECOND, "{:?}", now - begin);
    assert!(shown - wall >= HOUR && shown - wall < HOUR + 10 * SECOND, "{:?}", shown - wall);
    assert!(!time.is_virtual());
}

#[test]
fn two_times_do_not_know_of_each_other() {
    let (one, other) = (Time::real(), Time::real());
    one.set_fast(true);
    let before = other.now();
    one.pass(HOUR);
    assert!(other.now() - before < 60 * SECOND && !other.is_virtual());
}

#[test]
fn a_plan_comes_in_real_time_too() {
    let time = Time::real();
    let (told, hear) = channel();
    let plan = |ms: u64, text: &'static str| {
        let told = told.clone();
        time.after(Duration::from_millis(ms), move || told.send(text).unwrap())
    };
    let _second = plan(300, "second");
    let _first = plan(1, "first");
    drop(plan(1, "never"));
    assert_eq!([hear.recv().unwrap(), hear.recv().unwrap()], ["first", "second"]);
    // Its thread may wait for a next plan, or have ended.
    let _third = plan(0, "third");
    assert_eq!(hear.recv(), Ok("third"));
}
