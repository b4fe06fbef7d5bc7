//! A program that is killed in the middle leaves a flash that is whole: each file is the old one or the new one, each name
//! stands where it stood before or where it stands now, and what was removed stays so.

mod support;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;
use support::program;

/// Runs `code`, which prints a line whenever it has done something, and kills it after so many lines.
fn killed_after(lines: usize, project: &Path, code: &str) {
    let mut command = program();
    command.current_dir(project).args(["-c", code]).stdin(Stdio::null()).stdout(Stdio::piped());
    let mut child = command.spawn().expect("started");
    let mut said = BufReader::new(child.stdout.take().expect("piped")).lines();
    for _ in 0..lines {
        said.next().expect("it goes on").expect("text");
    }
    child.kill().expect("killed");
    child.wait().expect("gone");
}

/// What `code` prints afterwards.
fn then(project: &Path, code: &str) -> String {
    let mut command = program();
    command.current_dir(project).args(["-c", code]);
    let ended = support::run_within(command, support::PATIENCE).expect("it ends");
    assert_eq!(ended.stderr, "");
    ended.stdout
}

#[test]
fn a_file_is_the_old_one_or_the_new_one() {
    let project = tempfile::tempdir().expect("a folder");
    let write = "
i = 0
while True:
    with open('/usr/f', 'w') as f:
        f.write(chr(65 + i % 26) * 50000)
    i += 1
    print(i)
";
    let look = "
import uos
text = open('/usr/f').read()
print(uos.listdir('/usr'), len(text) in (0, 50000), text == text[:1] * len(text))
";
    for lines in 1..25 {
        killed_after(lines, project.path(), write);
        assert_eq!(then(project.path(), look), "['f'] True True\n");
    }
}

#[test]
fn a_name_is_the_old_one_or_the_new_one() {
    let project = tempfile::tempdir().expect("a folder");
    std::fs::write(project.path().join("a"), "x".repeat(3000)).expect("written");
    std::fs::create_dir(project.path().join("c")).expect("made");
    for n in 0..5 {
        std::fs::write(project.path().join(format!("c/{n}")), "x").expect("written");
    }
    let rename = "
import uos
while True:
    for one, other in (('a', 'b'), ('c', 'd')):
        there = one if one in uos.listdir('/usr') else other
        uos.rename('/usr/' + there, '/usr/' + (other if there == one else one))
        print(there)
";
    let look = "
import uos
file, folder = sorted(uos.listdir('/usr'))
print(file in 'ab', len(open('/usr/' + file).read()), folder in 'cd', len(uos.listdir('/usr/' + folder)))
";
    for lines in 1..25 {
        killed_after(lines, project.path(), rename);
        assert_eq!(then(project.path(), look), "True 3000 True 5\n");
    }
}

#[test]
fn what_was_removed_does_not_come_back() {
    let project = tempfile::tempdir().expect("a folder");
    for n in 0..24 {
        std::fs::write(project.path().join(format!("{n}")), "old").expect("written");
    }
    then(project.path(), "for n in range(24):\n    with open('/usr/%d' % n, 'w') as f:\n        f.write('new')\n");
    let remove = "
import uos
for name in sorted(uos.listdir('/usr'), key=int):
    uos.remove('/usr/' + name)
    print(name)
";
    let look = "
import uos
names = uos.listdir('/usr')
print([name for name in names if open('/usr/' + name).read() != 'new'], len(names))
";
    for lines in [1, 3, 5, 7] {
        killed_after(lines, project.path(), remove);
        let said = then(project.path(), look);
        let (old, left) = said.trim_end().rsplit_once(' ').expect("two words");
        assert_eq!(old, "[]", "{said}");
        assert!(left.parse::<usize>().is_ok_and(|left| left <= 24 - lines), "{said}");
    }
}
