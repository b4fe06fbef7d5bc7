//! The prompt in a terminal, as a person sees it.

#![cfg(unix)]

mod support;
#[path = "support/tmux.rs"]
mod tmux;

use support::PATIENCE;
use tmux::{Home, Window};

/// A home and the prompt in it, or the end of a test that has no tmux.
macro_rules! prompt {
    ($home:ident, $window:ident, $arguments:expr) => {
        if !tmux::is_there() {
            return;
        }
        let $home = Home::new();
        #[allow(unused_mut, reason = "not every test runs a line")]
        let mut $window = Window::prompt(&$home, $arguments);
    };
    ($home:ident, $window:ident) => {
        prompt!($home, $window, "")
    };
}

#[path = "prompt/windows.rs"]
mod windows;

#[test]
fn it_greets_shows_values_and_leaves() {
    prompt!(home, window);
    let banner = window.text();
    assert!(banner.starts_with("MicroPython v") && banner.contains("with QUECTEL\nType \"help()\""), "{banner}");
    assert_eq!(window.run("6 * 7"), "42");
    assert_eq!(window.run("_ + 1"), "43");
    assert_eq!(window.run("None"), "");
    assert_eq!(window.run("x = 5; x"), "5");
    window.enter("print('half', end='')");
    // No output is painted over.
    window.ends_with("\nhalf>>>");
    window.enter("exit()");
    window.has_ended();
}

#[test]
fn tab_completes_names_attributes_and_modules() {
    prompt!(home, window);
    window.types("import uso");
    window.keys(&["Tab"]);
    window.ends_with(">>> import usocket");
    window.keys(&["Enter"]);
    window.waits_for_input(2);
    window.types("usocket.AF");
    window.keys(&["Tab"]);
    window.ends_with(">>> usocket.AF_INET");
    window.keys(&["Tab", "Tab"]);
    window.shows("AF_INET   AF_INET6");
    window.keys(&["C-c"]);
    window.waits_for_input(3);
    window.types("from usocket import getad");
    window.keys(&["Tab"]);
    window.ends_with("import getaddrinfo");
    window.keys(&["C-c"]);
    window.run("temperature = 21");
    window.types("print(tempe");
    window.keys(&["Tab"]);
    window.ends_with("print(temperature");
    window.types(")");
    window.keys(&["Enter"]);
    window.shows("\n21\n");
    window.types("  ");
    window.keys(&["C-u"]);
    window.types("nothing_begins_so");
    window.keys(&["Tab"]);
    window.types("!");
    window.ends_with("nothing_begins_so!");
}

#[test]
fn blocks_indent_themselves_and_end_with_an_empty_line() {
    prompt!(home, window);
    for line in ["def f(n):", "for i in range(n):", "if i == 1:", "print('one')"] {
        window.enter(line);
        window.shows(line);
    }
    window.ends_with("\n...");
    // Backspace takes a whole indent.
    window.keys(&["BSpace"]);
    window.enter("else:");
    window.enter("print(i)");
    window.shows("...         else:\n...             print(i)\n...");
    window.keys(&["Enter"]);
    window.waits_for_input(2);
    assert_eq!(window.run("f(3)"), "0\none\n2");
    window.enter("try:");
    window.enter("1 / 0");
    window.keys(&["BSpace"]);
    window.enter("except ZeroDivisionError as e:");
    window.enter("e");
    window.keys(&["Enter"]);
    window.shows("ZeroDivisionError('divide by zero',)");
    window.waits_for_input(4);
    window.enter("[1,");
    window.ends_with("[1,\n...");
    window.enter("2]");
    window.shows("\n[1, 2]\n>>>");
}

#[test]
fn ctrl_c_forgets_a_line_and_breaks_what_runs() {
    prompt!(home, window);
    window.types("half a li");
    window.ends_with("half a li");
    window.keys(&["C-c"]);
    window.waits_for_input(2);
    window.enter("def f():");
    window.ends_with("\n...");
    window.keys(&["C-c"]);
    window.waits_for_input(3);
    window.run("import usocket, utime");
    window.run("l = usocket.socket(); l.bind(('127.0.0.1', 0)); l.listen(1)");
    window.run("a = usocket.socket(); a.connect(('127.0.0.1', l.getsockopt(usocket.SOL_SOCKET, usocket.SO_ACCEPTCONN)[1])); b = l.accept()[0]");
    window.enter("def busy():");
    window.enter("while True: pass");
    window.keys(&["Enter"]);
    let waits = ["busy()", "l.accept()", "a.recv(1)", "utime.sleep(1000)", "input('? ')"];
    for (number, waits) in waits.into_iter().enumerate() {
        window.enter(&format!("print('go' + 'es {number}'); {waits}"));
        window.shows(&format!("goes {number}"));
        window.keys(&["C-c"]);
        window.until("a traceback and a prompt", |seen| {
            seen.matches("KeyboardInterrupt:").count() == number + 1 && seen.ends_with("\n>>>")
        });
    }
    assert_eq!(window.run("'still ' + 'here'"), "'still here'");
}

#[test]
fn paste_mode_takes_lines_as_they_are() {
    prompt!(home, window);
    window.keys(&["C-e"]);
    window.ends_with("paste mode; Ctrl-C to cancel, Ctrl-D to finish\n===");
    for line in ["def f():", "    return 5", "", "f() + 1", "for i in range(2):", "  i"] {
        window.enter(line);
    }
    window.shows("===   i\n===");
    window.keys(&["C-d"]);
    window.shows("===\n6\n0\n1\n>>>");
    window.keys(&["C-e"]);
    window.ends_with("\n===");
    window.enter("nonsense");
    window.keys(&["C-c"]);
    window.waits_for_input(3);
    assert_eq!(window.run("f()"), "5", "what was cancelled is forgotten");
}

#[test]
fn ctrl_d_resets_the_module_and_a_second_one_leaves() {
    prompt!(home, window);
    window.run("import usocket, _thread, utime");
    window.run("s = usocket.socket(); s.bind(('127.0.0.1', 0)); s.listen(1); port = s.getsockopt(usocket.SOL_SOCKET, usocket.SO_ACCEPTCONN)[1]; port");
    let port: u16 = window.text().lines().rev().nth(1).and_then(|l| l.parse().ok()).expect("a port");
    window.enter("def tick():");
    window.enter("while True: print('ti' + 'ck'); utime.sleep_ms(20)");
    window.keys(&["Enter"]);
    window.run("_thread.start_new_thread(tick, ())");
    window.shows("tick\n");
    window.keys(&["C-d"]);
    window.shows("MPY: soft reboot\nMicroPython v");
    window.ends_with("more information.\n>>>");
    let seen = window.shows("MPY: soft reboot");
    assert!(!seen.rsplit("soft reboot").next().unwrap_or_default().contains("tick"), "{seen}");
    assert!(window.run("tick").contains("NameError: name 'tick' isn't defined"));
    assert!(std::net::TcpStream::connect(("127.0.0.1", port)).is_err(), "the listener is closed");
    window.keys(&["C-d"]);
    window.until("a second reset", |seen| seen.matches("soft reboot").count() == 2 && seen.ends_with("\n>>>"));
    window.keys(&["C-d"]);
    window.has_ended();
}

#[test]
fn the_history_is_kept_across_runs() {
    prompt!(home, window);
    assert_eq!(window.run("'from the ' + 'first run'"), "'from the first run'");
    window.enter("for i in range(2):");
    window.enter("i * 10");
    window.keys(&["Enter"]);
    window.shows("\n10\n>>>");
    window.keys(&["C-d"]);
    window.shows("soft reboot");
    window.keys(&["C-d"]);
    window.has_ended();
    drop(window);
    let window = Window::prompt(&home, "");
    window.keys(&["Up"]);
    window.shows(">>> for i in range(2):\n    i * 10");
    window.keys(&["Enter"]);
    window.shows("\n0\n10\n>>>");
    // Two rows up in the block, and the one before it.
    window.keys(&["Up", "Up", "Up"]);
    window.ends_with(">>> 'from the ' + 'first run'");
}

#[test]
fn it_follows_a_script_and_a_failed_one() {
    if !tmux::is_there() {
        return;
    }
    let home = Home::new();
    std::fs::write(home.0.join("s.py"), "kept = 42\nprint('ran')\nraise ValueError('ends')\n").expect("written");
    let mut window = Window::prompt(&home, "-i s.py");
    assert!(window.text().starts_with("ran\nTraceback"), "{}", window.text());
    assert_eq!(window.run("kept"), "42");
}

#[test]
fn output_of_a_thread_goes_above_the_line_that_is_edited() {
    prompt!(home, window);
    window.run("import _thread, utime; told = _thread.allocate_lock(); told.acquire()");
    window.enter("def f():");
    window.enter("told.acquire(); print('above', 1); print('above', 2); print('no end', end='')");
    window.keys(&["Enter"]);
    window.run("_thread.start_new_thread(f, ())");
    window.enter("from machine import Timer");
    window.enter("t = Timer(Timer.Timer1); t.start(period=300, mode=t.ONE_SHOT, callback=lambda t: told.release())");
    window.types("'not ' + 'lost, and longer than the line of a terminal of eighty columns is wide: 1234567890'");
    window.keys(&["Left", "Left", "Left"]);
    let seen = window.shows("above 2\n");
    assert!(seen.contains("above 1\nabove 2\n>>> 'not ' + 'lost"), "{seen}");
    window.types("X");
    window.keys(&["Enter"]);
    window.shows("'not lost, and longer than the line of a terminal of eighty columns is wide: 12345678X90'\n>>>");
    assert_eq!(window.text().matches("\n>>> 'not ' +").count(), 1, "drawn anew, not twice: {}", window.text());
}

#[test]
fn a_flood_of_output_leaves_the_prompt_usable() {
    prompt!(home, window);
    window.run("import _thread, utime");
    window.enter("def f():");
    window.enter("for i in range(5000): print('line', i)");
    window.keys(&["Enter"]);
    window.enter("_thread.start_new_thread(f, ())");
    window.enter("1000 + 1");
    window.enter("import uso\t");
    window.shows("line 4999");
    window.shows("1001");
    window.enter("'us' + 'able'");
    window.shows("'usable'");
}

#[test]
fn lines_typed_ahead_are_run_without_another_key() {
    prompt!(home, window);
    window.types("a = 20\rb = 22\ra + b\r");
    window.shows(">>> a + b\n42\n>>>");
    window.run("import utime");
    window.types("utime.sleep_ms(50)\r'typed ' + 'ahead'\r");
    window.shows("'typed ahead'\n>>>");
}

#[test]
fn help_tells_of_the_prompt_and_the_modules() {
    prompt!(home, window);
    assert!(window.run("help()").contains("Ctrl-E"));
    let modules = window.run("help('modules')");
    assert!(modules.contains("usocket") && modules.contains("checkNet"), "{modules}");
    window.run("import usocket");
    let class = window.run("help(usocket.socket)");
    let names: Vec<&str> = class.lines().skip(1).filter_map(|line| line.split_whitespace().next()).collect();
    for name in ["accept", "bind", "close", "connect", "listen", "makefile", "recv", "recvfrom", "send", "sendall"] {
        assert!(names.contains(&name), "{name}: {class}");
    }
    assert!(names.is_sorted() && !names.iter().any(|name| name.starts_with('_')), "{class}");
}

#[test]
fn a_script_reads_lines_that_can_be_edited() {
    prompt!(home, window);
    window.enter("name = input('who? ')");
    window.ends_with("\nwho?");
    window.types("Mex");
    window.keys(&["BSpace", "Tab", "BSpace", "C-e"]);
    window.enter("");
    window.waits_for_input(2);
    assert_eq!(window.run("name"), "'Me'");
    for end in ["C-c", "C-d"] {
        window.enter("name = input('who? ')");
        window.ends_with("\nwho?");
        window.presses_until(end, if end == "C-c" { "KeyboardInterrupt:\n>>>" } else { "EOFError:\n>>>" });
    }
    window.enter("name = input('again? ')");
    window.ends_with("again?");
    window.enter("yes");
    window.waits_for_input(5);
    assert_eq!(window.run("name"), "'yes'", "neither ends the input for good");
    window.run("import usys");
    window.enter("usys.stdin.readline()");
    window.enter("a line");
    window.shows("'a line\\n'\n>>>");
    window.enter("usys.stdin.read(3)");
    window.enter("abcd");
    window.shows("'abc'\n>>>");
}

#[test]
fn a_line_that_a_thread_asked_for_before_a_reset_is_not_asked_for_after_it() {
    prompt!(home, window);
    window.run("import _thread; _thread.start_new_thread(input, ())");
    window.keys(&["C-d"]);
    window.ends_with("more information.\n>>>");
    window.enter("'new' + ' module'");
    window.shows("\n'new module'\n>>>");
    window.enter("input()");
    window.enter("line");
    window.shows("\n'line'\n>>>");
}

#[test]
fn wide_characters_are_typed_and_erased() {
    prompt!(home, window);
    window.types("'你好😀é!");
    window.ends_with(">>> '你好😀é!");
    window.keys(&["BSpace", "BSpace", "BSpace"]);
    window.ends_with(">>> '你好");
    window.keys(&["Left", "BSpace"]);
    window.ends_with(">>> '好");
    window.types("您");
    window.keys(&["End"]);
    window.enter("'");
    window.shows(">>> '您好'\n'\\u60a8\\u597d'\n>>>");
    assert_eq!(window.run("print('你好 😀')"), "你好 😀");
}

#[test]
fn power_of_the_module_goes_and_comes_at_the_prompt() {
    if !tmux::is_there() {
        return;
    }
    let home = Home::new();
    let mut window = Window::with_status(&home);
    window.run("from misc import Power; kept = 1");
    window.enter("Power.powerRestart()");
    let seen = window.until("another greeting", |seen| {
        seen.matches("MicroPython v").count() == 2 && seen.ends_with("more information.\n>>>")
    });
    assert!(seen.contains("powerRestart()\nquecpy: the module restarts\nMicroPython v"), "{seen}");
    window.enter("kept");
    window.shows("NameError: name 'kept' isn't defined");
    // While a line is edited.
    window.enter("from misc import Power; from machine import Timer");
    window.enter(
        "t = Timer(Timer.Timer1); t.start(period=200, mode=t.ONE_SHOT, callback=lambda t: Power.powerRestart())",
    );
    window.types("6 * 7");
    let seen = window.until("a third greeting, above the line", |seen| {
        seen.matches("MicroPython v").count() == 3 && seen.ends_with("more information.\n>>> 6 * 7")
    });
    assert!(seen.matches("quecpy: the module restarts\nMicroPython v").count() == 2, "{seen}");
    window.enter("");
    window.shows("\n42\n>>>");
    window.enter("from misc import Power; Power.powerDown()");
    window.shows("powerDown()\nquecpy: the module is powered down\nstatus 0");
}

#[test]
fn exit_at_the_prompt_gives_the_status() {
    for (text, status) in [("usys.exit(3)", "3"), ("usys.exit()", "0"), ("raise SystemExit('text')", "1")] {
        if !tmux::is_there() {
            return;
        }
        let home = Home::new();
        let window = Window::with_status(&home);
        window.enter("import usys");
        window.enter(text);
        window.shows(&format!("{text}\nstatus {status}"));
    }
}

#[test]
fn what_is_pasted_stays_as_it_is() {
    prompt!(home, window);
    window.paste("def f(n):\n    if n:\n        return n\n    return 'none'\n\nf(0)\nf(7)");
    window.shows("f(7)");
    window.keys(&["Enter"]);
    window.shows("f(7)\n'none'\n7\n>>>");
    let many: String = (0..10_000).map(|n| format!("v = {n}\n")).collect();
    window.paste(&(many + "'all of ' + str(v + 1)"));
    window.shows("v = 9999\n'all of ' + str(v + 1)");
    window.keys(&["Enter"]);
    window.shows("'all of 10000'\n>>>");
}

#[test]
fn long_lines_and_garbage_do_no_harm() {
    prompt!(home, window);
    let long = format!("len('{}')", "x".repeat(20_000));
    window.paste(&long);
    window.until("the end of the line", |seen| seen.ends_with("xxx')"));
    window.keys(&["Enter"]);
    window.shows("\n20000\n>>>");
    let garbage: Vec<String> =
        (0..=255u8).filter(|b| ![3, 4, 10, 13, 17, 19, 26, 28].contains(b)).map(|b| format!("{b:02x}")).collect();
    for bytes in garbage.chunks(8) {
        window.tmux(&[&["send-keys", "-H"], bytes.iter().map(String::as_str).collect::<Vec<_>>().as_slice()].concat());
    }
    // Leaves whatever that has begun: a search, a sequence, a block.
    window.keys(&["C-g", "C-c"]);
    window.keys(&["C-c"]);
    window.ends_with("\n>>>");
    window.enter("'still ' + 'here'");
    window.shows("'still here'\n>>>");
}

/// What is typed for `tests/specs/prompt/session.txt`; a tab is the key.
const SESSION: &[&str] = &[
    "import checkNet, usocket\r",
    "checkNet.waitNetworkReady(30)\r",
    "s = usocket.socket()\r",
    "s.connect(usocket.getaddrinfo('www.example.com', 80)[0][-1])\r",
    "s.send(b'GET / HTTP/1.0\\r\\nHost: www.example.com\\r\\n\\r\\n')\r",
    "s.re\t\t",
    "adl\t()\r",
    "for i in range(2):\rlen(s.readline())\r\r",
    "s.close()\r",
    "s.recv(100)\r",
];

/// The session that README shows as a picture.
#[test]
fn the_recorded_session_is_what_happens() {
    if !tmux::is_there() {
        return;
    }
    let home = Home::new();
    let window = Window::open(&home.0, (80, 40), &Window::command("", "--lab"));
    window.waits_for_input(1);
    let mut before = window.text();
    for typed in SESSION {
        window.types(typed);
        let waits = if typed.ends_with('\r') { "\n>>>" } else { "\n>>> s.re" };
        let last = before.clone();
        before = window
            .until(waits, |seen| seen != last && seen.ends_with(waits) && seen.lines().count() > last.lines().count());
    }
    let seen = format!("$ quecpy --lab\n{}\n", window.rows());
    let file = support::root().join("tests/specs/prompt/session.txt");
    if support::recording() {
        std::fs::write(&file, &seen).expect("written");
    }
    let recorded = std::fs::read_to_string(&file).expect("the recorded session");
    assert_eq!(seen, recorded, "RECORD=1 records it anew; cargo xtask picture draws it");
}
