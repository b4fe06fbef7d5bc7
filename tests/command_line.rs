//! What the command line promises: scripts from files, text and pipes, and one clear line where it cannot be followed.

mod support;
use std::io::Write;
use std::process::Stdio;
use support::{Ended, PATIENCE, program, run_within};

fn run(arguments: &[&str]) -> Ended {
    let mut command = program();
    command.args(arguments).stdin(Stdio::null());
    run_within(command, PATIENCE).expect("it ends")
}

/// A folder of this test's own, gone when dropped.
struct Folder(std::path::PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("quecpy test {} {name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().expect("within the folder")).expect("a folder");
        std::fs::write(&path, content).expect("a file");
        path.to_string_lossy().into_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn text_and_its_arguments() {
    let ended = run(&["-c", "import usys\nprint(usys.argv)", "one", "--two", "-c"]);
    assert_eq!(ended.stdout, "['-c', 'one', '--two', '-c']\n", "{}", ended.stderr);
    assert_eq!(ended.status, Some(0));
}

#[test]
fn a_file_and_its_arguments() {
    let folder = Folder::new("arguments");
    let script = folder.file("s.py", "import usys\nprint(usys.argv[1:])\n");
    assert_eq!(run(&[&script, "a", "--lab", "-x"]).stdout, "['a', '--lab', '-x']\n");
}

#[test]
fn a_path_with_blanks_and_chinese_characters() {
    let folder = Folder::new("中文 名字");
    folder.file("我的 模块/helper.py", "def text():\n\treturn '你好'\n");
    let script = folder.file("我的 模块/主 程序.py", "import helper\nprint(helper.text())\nraise ValueError('坏')\n");
    let ended = run(&[&script]);
    assert_eq!(ended.stdout, "你好\n");
    assert!(ended.stderr.contains("主 程序.py\", line 3, in <module>\nValueError: 坏\n"), "{}", ended.stderr);
    assert_eq!(ended.status, Some(1));
}

#[test]
fn a_script_from_a_pipe() {
    let mut command = program();
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("starts");
    child.stdin.take().expect("piped").write_all(b"print(1)\nprint(2)\n").expect("takes it");
    let output = child.wait_with_output().expect("ends");
    assert_eq!(output.stdout, b"1\n2\n");
}

#[test]
fn misuse_is_one_clear_line_and_status_2() {
    let folder = Folder::new("misuse");
    let latin = folder.file("latin.py", b"x = 1\ny = '\xe9'\n");
    let here = folder.0.to_string_lossy().into_owned();
    for (arguments, expected) in [
        (vec!["no such file.py"], "quecpy: cannot run no such file.py: there is no such file\n".to_owned()),
        (vec![&*latin], format!("quecpy: cannot run {latin}: line 2 is not UTF-8; save the file as UTF-8\n")),
        (vec![&*here], format!("quecpy: cannot run {here}: it is a folder; name the script in it\n")),
    ] {
        let ended = run(&arguments);
        assert_eq!(ended.stderr, expected);
        assert_eq!((ended.status, ended.stdout.as_str()), (Some(2), ""));
    }
}

#[test]
fn unknown_options_and_bad_values_are_misuse() {
    for (arguments, says) in [
        (vec!["--no-such-option"], "unexpected argument '--no-such-option'"),
        (vec!["--ephemeral", "--labb", "s.py"], "a similar argument exists: '--lab'"),
        (vec!["--firmware", "1999", "-c", ""], "1999"),
        (vec!["--resolve", "nonsense", "-c", ""], "HOST[:PORT]:ADDRESS[:PORT]"),
        (vec!["--forward", "80", "-c", ""], "HOSTPORT:MODULEPORT"),
        (vec!["--uart", "2", "-c", ""], "N:tcp=127.0.0.1:PORT"),
        (vec!["--uart", "2:tcp=0.0.0.0:0", "-c", ""], "only addresses of this computer"),
    ] {
        let ended = run(&arguments);
        assert_eq!(ended.status, Some(2), "{arguments:?}");
        assert!(ended.stderr.contains(says), "{}", ended.stderr);
    }
}

#[test]
fn a_syntax_error_names_file_and_line() {
    let folder = Folder::new("syntax");
    let script = folder.file("bad.py", "x = 1\ndef f(:\n    pass\n");
    let ended = run(&[&script]);
    assert_eq!(ended.status, Some(1));
    assert!(ended.stderr.contains(&format!("  File \"{script}\", line 2\nSyntaxError: ")), "{}", ended.stderr);
}

#[test]
fn exit_statuses() {
    for (code, status) in [
        ("", 0),
        ("import usys\nusys.exit()", 0),
        ("import usys\nusys.exit(0)", 0),
        ("import usys\nusys.exit(7)", 7),
        ("import usys\nusys.exit('text')", 1),
        ("raise SystemExit", 0),
        ("raise ValueError", 1),
        ("import nothing_of_that_name", 1),
    ] {
        assert_eq!(run(&["-c", code]).status, Some(status), "{code}");
    }
}

#[test]
fn version_and_help() {
    let version = run(&["--version"]).stdout;
    for column in ["documented", "2021", "2025", "2026", "micropython"] {
        assert!(version.contains(column), "{version}");
    }
    let help = run(&["--help"]).stdout;
    for text in ["--lab", "--resolve", "--forward", "--expose", "--strict", "--firmware", "Examples:", "Exit status:"] {
        assert!(help.contains(text), "{text}");
    }
}

#[test]
fn a_byte_order_mark_and_carriage_returns_do_no_harm() {
    let folder = Folder::new("windows");
    let script = folder.file("w.py", "\u{feff}if True:\r\n\tprint('a')\r\n        print('b')\r\n");
    assert_eq!(run(&[&script]).stdout, "a\nb\n");
}

#[test]
fn a_long_script() {
    let folder = Folder::new("long");
    let mut text = String::from("n = 0\n");
    for i in 0..10_000 {
        text += &format!("if n == {i}:\n\tn += 1\n");
    }
    let script = folder.file("long.py", text + "print(n)\n");
    assert_eq!(run(&[&script]).stdout, "10000\n");
}

#[test]
fn host_modules_are_not_there() {
    for name in ["posix", "_io", "importlib", "subprocess", "ctypes", "_ctypes", "codecs", "builtins.x"] {
        let ended = run(&["-c", &format!("import {name}")]);
        let line = ended.stderr.lines().last().unwrap_or_default();
        assert!(line.starts_with("ImportError: no module named '"), "{name}: {}", ended.stderr);
    }
}

#[test]
fn input_reads_standard_input_after_the_script() {
    let folder = Folder::new("input");
    let script = folder.file("i.py", "print(input('? '))\nprint(input())\n");
    let mut child = program().arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("starts");
    child.stdin.take().expect("piped").write_all(b"one\ntwo\n").expect("takes it");
    assert_eq!(child.wait_with_output().expect("ends").stdout, b"? one\ntwo\n");
}

#[test]
fn what_a_script_writes_stays_out_of_the_project_unless_asked() {
    let folder = Folder::new("flash");
    folder.file("data.txt", "old");
    let write = folder.file("write.py", "with open('/usr/data.txt', 'w') as f:\n    f.write('new')\n");
    let read = folder.file("read.py", "print(open('/usr/data.txt').read())\n");
    let on_host = || std::fs::read_to_string(folder.0.join("data.txt")).expect("the project's file");
    assert_eq!(run(&["--ephemeral", &write]).status, Some(0));
    assert_eq!((run(&[&read]).stdout.as_str(), on_host().as_str()), ("old\n", "old"));
    assert!(!folder.0.join(".quecpy").exists());
    assert_eq!(run(&[&write]).status, Some(0));
    assert_eq!((run(&[&read]).stdout.as_str(), on_host().as_str()), ("new\n", "old"));
    assert_eq!(run(&["--flash", "direct", &write]).status, Some(0));
    assert_eq!(on_host(), "new");
}

#[test]
fn the_board_as_toml_and_json_and_a_board_file() {
    let toml = run(&["board"]).stdout;
    assert!(toml.contains("imei = \"866327040830317\"") && toml.contains("[data_call]"), "{toml}");
    let folder = Folder::new("board");
    let file = folder.file("board.toml", toml.replace("866327040830317", "123456789012345"));
    let shown = run(&["board", "--json", "--board", &file]).stdout;
    assert!(shown.contains("\"imei\": \"123456789012345\""), "{shown}");
    let script = "import modem\nprint(modem.getDevImei())";
    assert_eq!(run(&["--board", &file, "-c", script]).stdout, "123456789012345\n");
    let wrong = folder.file("wrong.toml", "[sim]\ninserted = 3\n");
    let ended = run(&["--board", &wrong, "-c", "print(1)"]);
    assert_eq!((ended.status, ended.stdout.as_str()), (Some(2), ""));
    assert!(ended.stderr.contains("wrong.toml") && ended.stderr.contains("line 2"), "{}", ended.stderr);
}

#[test]
fn boot_runs_main_py_and_a_restart_keeps_the_flash() {
    let folder = Folder::new("boot");
    folder.file(
        "main.py",
        "import net, uos, usocket, _thread, utime\n\
         server = usocket.socket()\nserver.bind(('', 0))\nserver.listen(1)\n\
         _thread.start_new_thread(server.accept, ())\n\
         starts = 0\n\
         if 'starts' in uos.listdir('/usr'):\n    starts = int(open('/usr/starts').read())\n\
         print(starts, 'system_config.json' in uos.listdir('/usr'))\n\
         open('/usr/starts', 'w').write(str(starts + 1))\n\
         if starts < 2:\n\
         \x20   try:\n        net.setModemFun(1, 1)\n        while True:\n            utime.sleep(1)\n\
         \x20   except:\n        utime.sleep(60)\n    utime.sleep(60)\n",
    );
    let ended = run(&["boot", "--exit", &folder.0.to_string_lossy()]);
    assert_eq!(ended.stdout, "0 True\n1 True\n2 True\n", "{}", ended.stderr);
    assert_eq!(ended.stderr.matches("quecpy: the module restarts\n").count(), 2, "{}", ended.stderr);
    assert_eq!(ended.status, Some(0));
}

#[cfg(target_os = "linux")]
#[test]
fn a_hundred_restarts_leave_no_threads_behind() {
    let folder = Folder::new("restarts");
    folder.file(
        "main.py",
        "import _thread, utime, uos\nfrom machine import Timer\nfrom misc import Power\n\
         starts = int(open('/usr/starts').read()) if 'starts' in uos.listdir('/usr') else 0\n\
         open('/usr/starts', 'w').write(str(starts + 1))\n\
         _thread.start_new_thread(utime.sleep, (3600,))\n\
         Timer(0).start(period=100000, callback=print)\n\
         if starts < 100:\n    Power.powerRestart()\n\
         print('up')\n",
    );
    let mut command = support::program();
    command.args(["boot", &folder.0.to_string_lossy()]);
    let mut running = support::Running::start(command);
    assert_eq!(running.line(), "up");
    let threads = std::fs::read_dir(format!("/proc/{}/task", running.child.id())).expect("of Linux").count();
    assert!(threads < 20, "{threads} threads");
}

#[test]
fn exit_ends_with_the_script() {
    let script = "import _thread, utime\n_thread.start_new_thread(utime.sleep, (3600,))\nprint('end')";
    assert_eq!(run(&["--exit", "-c", script]).stdout, "end\n");
}

#[test]
fn a_folder_that_is_not_there_cannot_be_booted() {
    let ended = run(&["boot", "no such folder"]);
    assert_eq!(ended.status, Some(2));
    assert!(ended.stderr.contains("no such folder"), "{}", ended.stderr);
}

#[cfg(unix)]
#[test]
fn a_serial_port_is_a_terminal_of_this_computer() {
    use std::io::Read;
    let folder = Folder::new("terminal");
    let link = folder.0.join("uart 1");
    let code = "
from machine import UART
u = UART(1, 9600, 8, 0, 1, 0)
def received(args):
    u.write(b'<' + u.read() + b'>')
    u.close()
u.set_callback(received)
print('ready')
";
    let option = format!("1:pty={}", link.display());
    let mut script = support::Running::code(code, &["--uart", &option]);
    assert_eq!(script.line(), "ready");
    let mut other = std::fs::OpenOptions::new().read(true).write(true).open(&link).expect("a terminal");
    other.write_all(b"\r\n\x03\xff").expect("sent");
    let mut back = [0; 6];
    other.read_exact(&mut back).expect("an answer");
    assert_eq!(&back, b"<\r\n\x03\xff>");
    let (status, _, stderr) = script.end();
    assert_eq!(status, Some(0));
    assert!(stderr.starts_with("quecpy: UART1 is at /dev/"), "{stderr}");
    assert!(!link.is_symlink(), "gone with the script");
}

#[test]
fn a_name_that_is_a_file_is_not_replaced_by_a_terminal() {
    let folder = Folder::new("no terminal");
    let file = folder.file("precious", "text");
    let ended = run(&["--uart", &format!("1:pty={file}"), "-c", "print(1)"]);
    assert_eq!((ended.status, ended.stdout.as_str()), (Some(2), ""));
    assert!(ended.stderr.starts_with(&format!("quecpy: --uart 1:pty={file}: ")), "{}", ended.stderr);
    assert_eq!(std::fs::read_to_string(file).expect("still there"), "text");
}

#[test]
fn what_may_have_been_meant_is_told() {
    for (arguments, expected) in [
        (&["tset"][..], "quecpy: cannot run tset: there is no such file; did you mean the command test?\n"),
        (
            &["seriall", "--pty"],
            "quecpy: cannot run seriall: there is no such file; did you mean the command serial?\n",
        ),
        (
            &["help"],
            "quecpy: cannot run help: there is no such file; quecpy --help tells all options, quecpy --version the version\n",
        ),
    ] {
        let ended = run(arguments);
        assert_eq!((ended.stderr.as_str(), ended.status), (expected, Some(2)), "{arguments:?}");
    }
}

#[test]
fn a_file_may_begin_with_a_minus() {
    let folder = Folder::new("minus");
    folder.file("-s.py", "print('runs')");
    let mut command = program();
    command.arg("-s.py").current_dir(&folder.0).stdin(Stdio::null());
    assert_eq!(run_within(command, PATIENCE).expect("it ends").stdout, "runs\n");
}

#[test]
fn options_that_contradict_each_other_are_refused() {
    for (options, why) in [
        (
            &["--uart", "2:loop", "--uart", "2:pty"][..],
            "--uart 2:loop and --uart 2:pty: the module has one serial port",
        ),
        (&["--forward", "8080:80", "--forward", "8080:81"], "both would have that port of the computer"),
        (&["--forward", "8080:80", "--forward", "8081:80"], "is reached at one port of the computer"),
        (&["--uart", "1:tcp=127.0.0.1:4000", "--forward", "4000:80"], "both would have that port of the computer"),
        (&["--uart", "1:pty=/x/y", "--uart", "2:pty=/x/y"], "both would have that link"),
    ] {
        let ended = run(&[options, &["-c", "print(1)"]].concat());
        assert!(ended.stderr.starts_with("quecpy: --") && ended.stderr.contains(why), "{}", ended.stderr);
        assert_eq!((ended.status, ended.stdout.as_str(), ended.stderr.lines().count()), (Some(2), "", 1));
    }
    let both = run(&["serial", "--pty=/x/y", "--uart", "2:pty=/x/y"]);
    assert!(both.stderr.contains("both would have that link"), "{}", both.stderr);
}

#[cfg(unix)]
#[test]
fn errors_of_the_host_name_what_they_are_about() {
    let folder = Folder::new("host");
    let file = folder.file("file", "");
    for arguments in [
        vec!["serial".to_owned(), format!("--pty={file}")],
        vec!["--uart".to_owned(), format!("2:pty={file}"), "-c".to_owned(), String::new()],
        vec!["--board".to_owned(), format!("{file}/x"), "-c".to_owned(), String::new()],
        vec!["boot".to_owned(), format!("{file}-none")],
    ] {
        let ended = run(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(ended.status, Some(2), "{arguments:?}");
        assert!(ended.stderr.contains(&file) && !ended.stderr.contains("os error"), "{}", ended.stderr);
        assert_eq!(ended.stderr.lines().count(), 1, "{}", ended.stderr);
    }
}

#[test]
fn boot_says_what_is_missing() {
    let folder = Folder::new("no main");
    let here = folder.0.to_string_lossy().into_owned();
    let told = |arguments: &[&str]| run(arguments).stderr;
    assert_eq!(told(&["boot", &here]), format!("quecpy: {here} has no main.py, which runs at power-on\n"));
    folder.file("_main.py", "print('other')");
    let tip = "; there is a _main.py: --main _main.py runs it";
    assert_eq!(told(&["boot", &here]), format!("quecpy: {here} has no main.py, which runs at power-on{tip}\n"));
    let ended = run(&["boot", "--ephemeral", "--main", "_main.py", &here]);
    assert_eq!((ended.stdout.as_str(), ended.status), ("other\n", Some(0)), "{}", ended.stderr);
    assert_eq!(run(&["boot", "--main", "none.py", &here]).status, Some(2));
}

#[test]
fn a_wrong_board_file_is_one_line() {
    let folder = Folder::new("wrong board");
    let file = folder.file("b.toml", "[signal]\ncsq = 50\n");
    let expected = format!("quecpy: --board: {file}: line 2: signal.csq = 50: expected 0 to 31, or 99\n");
    assert_eq!(run(&["board", "--board", &file]).stderr, expected);
    let ended = run(&["test", "--board", &file]);
    assert!(ended.stderr.contains("line 2: signal.csq = 50"), "{}", ended.stderr);
    assert_eq!(ended.status, Some(4));
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_one_line_and_output_that_nobody_reads_none() {
    let test = ["test", "--help"];
    for arguments in [&["-c", "print(1)"][..], &["board"], &["board", "--json"], &["--help"], &["--version"], &test] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
        let mut child = program().args(arguments).stdin(Stdio::null()).stdout(full).stderr(Stdio::piped()).spawn();
        let child = child.as_mut().expect("it starts");
        let mut stderr = String::new();
        std::io::Read::read_to_string(&mut child.stderr.take().expect("piped"), &mut stderr).expect("text");
        assert_eq!(stderr, "quecpy: cannot write standard output: the disk is full\n", "{arguments:?}");
        assert_eq!(child.wait().expect("it ends").code(), Some(74));
    }
    let catching = "while True:\n    try: print(1)\n    except: pass";
    for arguments in [&["-c", "while True: print(1)"][..], &["-c", catching], &["board"]] {
        let mut command = program();
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it starts");
        drop(child.stdout.take());
        let ended = child.wait_with_output().expect("it ends");
        // What was written before nobody read is written.
        assert!(ended.status.code() == Some(141) || arguments == ["board"], "{arguments:?}: {}", ended.status);
        assert_eq!(String::from_utf8_lossy(&ended.stderr), "", "{arguments:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_forgotten_flash_leaves_nothing_behind() {
    let folder = Folder::new("temporary");
    for end in ["", "raise ValueError", "usys.exit(3)"] {
        let mut command = program();
        let code = format!("import usys\nopen('/usr/x', 'w').write('x')\nopen('/bak/y', 'w').write('y')\n{end}");
        command.args(["--ephemeral", "-c", &code]).env("TMPDIR", &folder.0).stdin(Stdio::null());
        run_within(command, PATIENCE).expect("it ends");
        assert_eq!(std::fs::read_dir(&folder.0).expect("a folder").count(), 0, "{end}");
    }
}
