//! What the transcripts cannot show: runs that take time, soft resets, limits, firmwares.

mod common;

use common::{Module, Run};
use quecpy_serial::{
    Action, Completion, INPUT_LIMIT, LINE_LIMIT, Line, Mode, OUTPUT_LIMIT, Outcome, Port, SOURCE_LIMIT, Settings,
};

const RAW: &str = "raw REPL; CTRL-B to exit\r\n>";

/// A module in which a run goes on.
fn running() -> Module {
    let mut module = Module::started();
    module.busy = true;
    assert_eq!(module.send("main()\r"), "main()\r\n");
    assert!(module.port.is_running());
    module
}

#[test]
fn a_module_starts() {
    let mut port = Port::new(Settings::default());
    assert!(port.is_running());
    assert_eq!(port.output(b"boot\n"), b"boot\r\n");
    assert_eq!(port.receive(b"1\x03\r"), [Action::Interrupt]);
    let Some(Action::Send(text)) = port.start().into_iter().next() else { panic!() };
    assert_eq!(common::text(&text), "MicroPython\r\nType \"help()\" for more information.\r\n>>> 1\r\n");
    assert!(port.is_running(), "what was typed meanwhile runs");
}

#[test]
fn soft_reset_of_a_friendly_prompt() {
    let mut module = Module::started();
    assert_eq!(module.send("\x04"), "\r\nMPY: soft reboot\r\nhello\r\n>>> ");
    assert_eq!(module.resets, 1);
    assert!(!module.port.is_raw());
}

#[test]
fn raw_mode_outlasts_a_soft_reset() {
    let mut module = Module::started();
    assert_eq!(module.send("\r\x03\x03"), "\r\n>>> \r\n>>> \r\n>>> ");
    assert_eq!(module.send("\r\x01"), format!("\r\n>>> \r\n{RAW}"));
    assert_eq!(module.send("\x04"), format!("OK\r\nMPY: soft reboot\r\n{RAW}"));
    assert!(module.port.is_raw());
    assert_eq!(module.send("\x02"), "\r\nhello\r\n>>> ");
}

#[test]
fn a_start_after_a_soft_reset_can_be_interrupted() {
    let mut port = Port::new(Settings::default());
    port.start();
    let actions = port.receive(b"\x04abc\x03d");
    assert_eq!(actions[1..], [Action::SoftReset, Action::Interrupt]);
    assert_eq!(port.waiting(), 4);
    assert_eq!(port.take_input(9), b"abcd");
}

#[test]
fn system_exit_is_a_soft_reset() {
    let mut module = running();
    assert_eq!(module.finish(Outcome::Exit), "MPY: soft reboot\r\nhello\r\n>>> ");
    module.send("\x01sys.exit()\x04");
    assert_eq!(module.finish(Outcome::Exit), format!("\x04\x04MPY: soft reboot\r\n{RAW}"));
}

#[test]
fn what_comes_during_a_run_is_its_stdin() {
    let mut module = running();
    assert_eq!(module.send("ab\x01\x04c"), "");
    assert_eq!(module.port.waiting(), 5);
    assert_eq!(module.port.take_input(3), b"ab\x01");
    assert_eq!(module.port.take_input(9), b"\x04c");
    assert_eq!(module.port.take_input(9), b"");
    assert_eq!(module.finish(Outcome::Done), ">>> ");
    assert_eq!(module.port.take_input(9), b"");
}

#[test]
fn what_nobody_read_is_for_the_prompt() {
    let mut module = running();
    module.send("2\r");
    module.send("\x01");
    module.runs.push_back(Run { mode: Mode::Friendly, source: b"2".to_vec(), output: b"2\n".to_vec(), error: None });
    module.busy = false;
    assert_eq!(module.finish(Outcome::Done), format!(">>> 2\r\n2\r\n>>> \r\n{RAW}"));
}

#[test]
fn ctrl_c_interrupts_a_run_and_only_that() {
    let mut module = running();
    module.send("a\x03\x03b\x03");
    assert_eq!(module.interrupts, 1, "several at once are one");
    module.send("\x03");
    assert_eq!(module.interrupts, 2);
    assert_eq!(module.port.take_input(9), b"ab");
    let error = "Traceback (most recent call last):\n  File \"<stdin>\", line 1, in <module>\nKeyboardInterrupt: ";
    assert_eq!(module.finish(Outcome::Failed(error)), format!("{}\r\n>>> ", error.replace('\n', "\r\n")));
    assert_eq!(module.send("\x03"), "\r\n>>> ");
    assert_eq!(module.interrupts, 2);
}

#[test]
fn ctrl_c_behind_a_source_is_meant_for_its_run() {
    let mut port = Port::new(Settings::default());
    port.start();
    let actions = port.receive(b"\x01while 1: pass\x04\x03print(1)\x04");
    assert!(matches!(actions[1..], [Action::Run { mode: Mode::Raw, .. }, Action::Interrupt]), "{actions:?}");
    let actions = port.finished(Outcome::Failed("KeyboardInterrupt: "));
    assert_eq!(actions[0], Action::Send(b"\x04KeyboardInterrupt: \r\n\x04>OK".to_vec()));
    assert!(matches!(&actions[1..], [Action::Run { source, .. }] if source == b"print(1)"), "{actions:?}");
}

#[test]
fn the_interrupt_character_can_be_switched_off_for_a_run() {
    let mut module = running();
    module.port.set_interrupt(None);
    module.send("\x03");
    assert_eq!((module.interrupts, module.port.take_input(9)), (0, vec![3]));
    module.port.set_interrupt(Some(b'q'));
    module.send("q");
    assert_eq!((module.interrupts, module.port.waiting()), (1, 0));
    module.finish(Outcome::Done);
    module.send("next()\r\x03");
    assert_eq!(module.interrupts, 2, "the next run begins with Ctrl-C");
}

#[test]
fn a_script_reads_a_line() {
    let mut module = running();
    module.send("left ");
    let actions = module.port.input();
    module.act(actions);
    assert_eq!(module.answer(), "left ");
    assert_eq!(module.send("ovr\x1b[De\x1b[C\x7f\tr\rrest"), "ovr\x08er\x08r\x08\x1b[Kr\r\n");
    assert_eq!(module.lines, [Line::Text("left over".into())]);
    assert_eq!(module.port.take_input(9), b"rest");
}

#[test]
fn lines_of_input_end_in_their_ways() {
    for (bytes, line) in [("abx\x7f\r", Line::Text("ab".into())), ("\x04", Line::End), ("\x01", Line::Text("".into()))]
    {
        let mut module = running();
        let actions = module.port.input();
        module.act(actions);
        module.send(bytes);
        assert_eq!(module.lines, [line]);
        assert!(module.port.is_running());
        module.send("z");
        assert_eq!(module.port.take_input(9), b"z");
    }
    let mut module = running();
    module.port.input();
    module.send("ab\x03c");
    assert_eq!((module.interrupts, module.port.take_input(9)), (1, b"c".to_vec()));
    module.port.input();
    module.send("x".repeat(LINE_LIMIT + 1) + "\r");
    assert_eq!(module.lines, [Line::TooLong]);
    assert_eq!(module.finish(Outcome::Done), ">>> ");
}

#[test]
fn answers_to_questions_never_asked_do_nothing() {
    let mut port = Port::new(Settings::default());
    assert_eq!(port.finished(Outcome::Done), []);
    port.start();
    assert_eq!(port.finished(Outcome::Exit), []);
    assert_eq!(port.input(), []);
    assert_eq!(port.completed(&Completion::Insert("x".into())), []);
    assert_eq!(port.receive(b""), []);
}

#[test]
fn tab_waits_for_its_answer() {
    let mut port = Port::new(Settings::default());
    port.start();
    let actions = port.receive(b"ba\tx\r");
    assert_eq!(actions[1..], [Action::Complete { text: "ba".into() }]);
    assert!(!port.is_running());
    assert_eq!(port.receive(b"z"), []);
    let actions = port.completed(&Completion::Insert("n\r".into()));
    assert_eq!(actions[1..], [Action::Run { source: b"banx".to_vec(), mode: Mode::Friendly }]);
}

#[test]
fn many_names_stand_in_columns() {
    let mut module = Module::started();
    let names = ["a", "a_name_of_twenty_byt", "abc", "a_long_name_16__", "ad"].map(str::to_owned);
    module.completions.push_back(Completion::Choices(names.to_vec()));
    let list = "\r\na               a_name_of_twenty_byt            abc\r\na_long_name_16__                ad\r\n>>> a";
    assert_eq!(module.send("a\t"), format!("a{list}"));
}

#[test]
fn a_source_too_long_is_an_error_of_its_mode() {
    let error = format!("MemoryError: input is longer than {SOURCE_LIMIT} bytes\r\n");
    let flood = vec![b'#'; SOURCE_LIMIT + 1];
    let mut module = Module::started();
    module.send("\x01");
    assert_eq!(module.send(&flood), "");
    assert_eq!(module.send("\x04"), format!("OK\x04{error}\x04>"));
    module.send("\x05A\x01");
    let answer = module.send(&flood);
    assert_eq!(answer, "\x01".repeat(SOURCE_LIMIT / 128) + "\x04");
    assert_eq!(module.send("more\x04"), format!("\x04{error}\x04>"));
    module.send("\x02");
    module.send("\x05");
    for part in flood.chunks(4096) {
        module.send(part);
    }
    assert!(module.send("\x04").ends_with(&format!("\r\n{error}>>> ")));
    assert_eq!(module.seen, []);
    let fits = &flood[..SOURCE_LIMIT];
    module.send("\x01");
    module.send(fits);
    assert_eq!(module.send("\x04"), "OK\x04\x04>");
}

#[test]
fn a_line_too_long_is_an_error() {
    let mut module = Module::started();
    assert_eq!(module.send("x".repeat(LINE_LIMIT + 9)).len(), LINE_LIMIT);
    assert_eq!(module.send("\r"), format!("\r\nMemoryError: input is longer than {LINE_LIMIT} bytes\r\n>>> "));
    assert_eq!(module.send("1\r"), "1\r\n>>> ");
    assert_eq!(module.seen, [(Mode::Friendly, b"1".to_vec())]);
}

#[test]
fn input_that_nobody_reads_is_bounded() {
    let mut module = running();
    for _ in 0..3 {
        module.send(vec![b'x'; INPUT_LIMIT]);
    }
    assert_eq!((module.port.waiting(), module.port.room()), (INPUT_LIMIT, 0));
    module.send("\x03");
    assert_eq!(module.interrupts, 1, "an interrupt comes through");
}

#[test]
fn an_answer_is_bounded() {
    let mut port = Port::new(Settings::default());
    port.start();
    port.receive(&[b'x'; LINE_LIMIT - 1]);
    port.receive(b"\x01");
    // Each of these writes the whole line.
    let keys = b"\x05\x01".repeat(100);
    let mut actions = port.receive(&keys);
    let mut answers = 1;
    while let Some(Action::Again) = actions.last() {
        let Action::Send(bytes) = &actions[0] else { panic!("{actions:?}") };
        assert!(bytes.len() < OUTPUT_LIMIT + 3 * LINE_LIMIT);
        actions = port.receive(b"");
        answers += 1;
    }
    assert!(answers > 10);
    assert_eq!(port.waiting(), 0);
}

#[test]
fn a_firmware_without_raw_paste() {
    let mut module = Module::started_with(Settings { raw_paste: None, ..Settings::default() });
    module.send("\x01");
    assert_eq!(module.send("\x05A\x01"), RAW);
}

#[test]
fn lines_beyond_ascii() {
    let mut module = Module::started_with(Settings { unicode_lines: true, ..Settings::default() });
    assert_eq!(module.send("'你ü\x1b[D\x1b[Dx'\r"), "'你ü\x08\x08\x08x你ü\x08\x08\x08'你ü\x08\x08\x08\r\n>>> ");
    assert_eq!(module.send("ü\x7f1\r"), "ü\x08\x1b[K1\r\n>>> ");
    assert_eq!(module.send(b"\xe4\xbd2\xff\xa0\r"), "2\r\n>>> ");
    let sources = ["'x'你ü", "1", "2"].map(|source| (Mode::Friendly, source.as_bytes().to_vec()));
    assert_eq!(module.seen, sources);
}

#[test]
fn a_session_without_history() {
    let mut module = Module::started_with(Settings { history: 0, ..Settings::default() });
    module.send("1\r");
    assert_eq!(module.send("\x1b[A"), "");
}

#[test]
fn line_feeds_end_lines_where_the_firmware_says_so() {
    let mut module = Module::started();
    assert_eq!(module.send("1\n\n2\r\n"), "12\r\n>>> ");
    let mut module = Module::started_with(Settings { line_feed: true, ..Settings::default() });
    assert_eq!(module.send("1\n\n2\r\n3\r\n\r"), "1\r\n>>> \r\n>>> 2\r\n>>> 3\r\n>>> \r\n>>> ");
}

#[test]
fn another_client_begins_with_an_empty_line() {
    let mut module = Module::started();
    module.send("print('half a li");
    module.port.new_client();
    assert_eq!(module.send("1\r"), "1\r\n>>> ");
    assert_eq!(module.seen.last(), Some(&(Mode::Friendly, b"1".to_vec())));
    module.send("def f():\r");
    module.port.new_client();
    assert_eq!(module.send("2\r"), "2\r\n>>> ");
    module.send("\x05half a paste");
    module.port.new_client();
    assert_eq!(module.send("3\r"), "3\r\n>>> ");
    // The mode is the module's, and stays.
    module.send("\x01half a source");
    module.port.new_client();
    assert_eq!(module.send("4\x04"), "OK\x04\x04>");
    assert_eq!(module.seen.last(), Some(&(Mode::Raw, b"4".to_vec())));
    module.send("\x05A\x01half a sour");
    module.port.new_client();
    assert_eq!(module.send("5\x04"), "OK\x04\x04>");
}

#[test]
fn what_a_client_has_sent_ahead_is_carried_out_unless_another_comes_before() {
    let mut module = running();
    module.send("kept()\rnot ended");
    module.busy = false;
    assert_eq!(module.finish(Outcome::Done), ">>> kept()\r\n>>> not ended");
    let mut module = running();
    module.send("not_for_another()\rnot ended");
    module.port.new_client();
    module.send("1\r");
    module.busy = false;
    assert_eq!(module.finish(Outcome::Done), ">>> 1\r\n>>> ");
}

#[test]
fn a_reset_by_another_port_is_told_to_a_person_only() {
    let mut module = Module::started();
    let actions = module.port.restarted();
    module.act(actions);
    assert_eq!(module.answer(), "\r\nMPY: soft reboot\r\nhello\r\n>>> ");
    module.send("\x01");
    assert_eq!(module.port.restarted(), []);
    let mut module = running();
    assert_eq!(module.port.restarted(), [], "its run is still to come");
    assert!(module.port.is_running() && !module.port.is_starting());
}
