//! Tests of the flash: what a script sees, what the project keeps, and what happens when something is in the way.

#![expect(clippy::disallowed_methods, reason = "tests lay out folders of the host")]

use super::*;

fn project() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("main.py"), "print(1)").unwrap();
    std::fs::create_dir(dir.path().join("lib")).unwrap();
    std::fs::write(dir.path().join("lib/a.py"), "a").unwrap();
    dir
}

fn flash(project: &tempfile::TempDir, storage: Storage) -> Flash {
    Flash::open(project.path().to_owned(), storage).unwrap()
}

#[test]
fn an_overlay_never_changes_the_project() {
    let dir = project();
    let f = flash(&dir, Storage::Overlay);
    assert_eq!(f.list("/").unwrap(), ["usr", "bak"]);
    assert_eq!(f.list("/usr").unwrap(), ["lib", "main.py"]);
    assert!(!dir.path().join(OVERLAY).exists(), "nothing is made before something is written");
    f.write("/usr/main.py", b"changed").unwrap();
    f.remove("/usr/lib/a.py").unwrap();
    f.remove("/usr/lib").unwrap();
    f.write("/usr/new", b"n").unwrap();
    assert_eq!(f.list("/usr").unwrap(), ["main.py", "new"]);
    assert_eq!(std::fs::read(dir.path().join("main.py")).unwrap(), b"print(1)");
    assert!(dir.path().join("lib/a.py").exists());
    let again = flash(&dir, Storage::Overlay);
    assert_eq!(again.read("/usr/main.py").unwrap(), b"changed");
    assert_eq!(again.list("/usr").unwrap(), ["main.py", "new"]);
    again.make_folder("/usr/lib").unwrap();
    assert_eq!(again.list("/usr/lib").unwrap(), [""; 0], "made again, and empty");
}

#[test]
fn direct_changes_it_and_ephemeral_forgets() {
    let dir = project();
    let e = flash(&dir, Storage::Ephemeral);
    e.write("/usr/main.py", b"e").unwrap();
    e.write("/bak/x", b"x").unwrap();
    assert_eq!(e.read("/usr/main.py").unwrap(), b"e");
    drop(e);
    assert_eq!(flash(&dir, Storage::Overlay).read("/usr/main.py").unwrap(), b"print(1)");
    let d = flash(&dir, Storage::Direct);
    d.write("/usr/main.py", b"d").unwrap();
    assert_eq!(d.list("/usr").unwrap(), ["lib", "main.py"]);
    assert_eq!(std::fs::read(dir.path().join("main.py")).unwrap(), b"d");
}

#[test]
fn errors_have_the_modules_numbers() {
    let dir = project();
    let f = flash(&dir, Storage::Overlay);
    let number = |r: Result<()>| r.unwrap_err().errno();
    assert_eq!(number(f.read("/usr/none").map(drop)), 2);
    assert_eq!(number(f.read("/usr/lib").map(drop)), 21);
    assert_eq!(number(f.write("/x", b"")), 30);
    assert_eq!(number(f.write("/usr/none/x", b"")), 2);
    assert_eq!(number(f.make_folder("/usr/lib")), 17);
    assert_eq!(number(f.remove("/usr/lib")), 39);
    assert_eq!(number(f.remove("/usr")), 30);
    assert_eq!(number(f.rename("/usr/lib", "/usr/lib/x")), 22);
    assert_eq!(number(f.change_folder("/usr/main.py")), 20);
}

#[test]
fn renaming_works_across_layers() {
    let dir = project();
    let f = flash(&dir, Storage::Overlay);
    f.rename("/usr/lib", "/usr/moved").unwrap();
    assert_eq!(f.list("/usr").unwrap(), ["main.py", "moved"]);
    assert_eq!(f.read("/usr/moved/a.py").unwrap(), b"a");
    f.rename("/usr/moved/a.py", "/usr/main.py").unwrap();
    assert_eq!(f.read("/usr/main.py").unwrap(), b"a");
}

#[test]
fn names_may_be_as_long_as_on_littlefs_and_hold_line_ends() {
    let dir = project();
    std::fs::write(dir.path().join("a\nb"), "").unwrap();
    let f = flash(&dir, Storage::Overlay);
    let long = format!("/usr/{}", "n".repeat(255));
    f.write(&long, b"x").unwrap();
    assert_eq!(f.read(&long).unwrap(), b"x");
    assert_eq!(f.write(&format!("{long}n"), b"").unwrap_err().errno(), 22);
    f.remove(&long).unwrap();
    f.remove("/usr/a\nb").unwrap();
    assert_eq!(flash(&dir, Storage::Overlay).list("/usr").unwrap(), ["lib", "main.py"]);
}

#[test]
fn programs_on_one_overlay_see_each_others_changes() {
    let dir = project();
    let (one, other) = (flash(&dir, Storage::Overlay), flash(&dir, Storage::Overlay));
    one.write("/usr/new", b"n").unwrap();
    assert_eq!(other.list("/usr").unwrap(), ["lib", "main.py", "new"]);
    one.remove("/usr/main.py").unwrap();
    other.remove("/usr/lib/a.py").unwrap();
    for flash in [&one, &other, &flash(&dir, Storage::Overlay)] {
        assert_eq!(flash.list("/usr").unwrap(), ["lib", "new"]);
        assert_eq!(flash.list("/usr/lib").unwrap(), [""; 0]);
    }
    // Whoever deletes the overlay begins anew.
    std::fs::remove_dir_all(dir.path().join(OVERLAY)).unwrap();
    assert_eq!(one.list("/usr").unwrap(), ["lib", "main.py"]);
    one.write("/usr/again", b"").unwrap();
    assert_eq!(other.list("/usr").unwrap(), ["again", "lib", "main.py"]);
}

#[test]
fn what_a_killed_program_was_writing_is_not_shown() {
    let dir = project();
    let f = flash(&dir, Storage::Overlay);
    f.make_folder("/usr/new").unwrap();
    for folder in ["", "new/"] {
        std::fs::write(dir.path().join(format!("{OVERLAY}/usr/{folder}.quecpy-new-1-0")), "half").unwrap();
    }
    assert_eq!(f.list("/usr").unwrap(), ["lib", "main.py", "new"]);
    assert_eq!(f.list("/usr/new").unwrap(), [""; 0]);
    assert_eq!(f.read("/usr/new/.quecpy-new-1-0").unwrap_err().errno(), 2);
}

#[test]
fn a_damaged_overlay_is_told() {
    let dir = project();
    let upper = dir.path().join(OVERLAY).join("usr");
    std::fs::create_dir_all(&upper).unwrap();
    std::fs::write(upper.join(".quecpy-gone"), b"\xff\0").unwrap();
    let refused = || Flash::open(dir.path().to_owned(), Storage::Overlay).unwrap_err().to_string();
    assert!(refused().contains(".quecpy/usr/.quecpy-gone"), "{}", refused());
    std::fs::remove_dir_all(dir.path().join(OVERLAY)).unwrap();
    std::fs::write(dir.path().join(OVERLAY), "").unwrap();
    assert!(refused().contains("is no folder"), "{}", refused());
}

#[cfg(unix)]
#[test]
fn an_overlay_leads_nowhere_else() {
    let (dir, elsewhere) = (project(), tempfile::tempdir().unwrap());
    std::fs::write(elsewhere.path().join("s"), "secret").unwrap();
    std::fs::create_dir(dir.path().join(OVERLAY)).unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), dir.path().join(OVERLAY).join("bak")).unwrap();
    assert!(Flash::open(dir.path().to_owned(), Storage::Direct).is_err());
    std::fs::remove_dir_all(dir.path().join(OVERLAY)).unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), dir.path().join(OVERLAY)).unwrap();
    assert!(Flash::open(dir.path().to_owned(), Storage::Overlay).is_err());
    assert_eq!(std::fs::read_dir(elsewhere.path()).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_there() {
    let dir = project();
    let _socket = std::os::unix::net::UnixListener::bind(dir.path().join("socket")).unwrap();
    std::os::unix::fs::symlink("nowhere", dir.path().join("dangling")).unwrap();
    std::os::unix::fs::symlink("main.py", dir.path().join("link")).unwrap();
    let f = flash(&dir, Storage::Overlay);
    assert_eq!(f.list("/usr").unwrap(), ["lib", "link", "main.py"]);
    for name in ["/usr/socket", "/usr/dangling"] {
        assert_eq!(f.read(name).unwrap_err().errno(), 2, "{name}");
    }
}

#[cfg(unix)]
#[test]
fn no_way_leads_out() {
    let dir = project();
    let secret = tempfile::tempdir().unwrap();
    std::fs::write(secret.path().join("s"), "secret").unwrap();
    std::os::unix::fs::symlink(secret.path(), dir.path().join("link")).unwrap();
    std::os::unix::fs::symlink(secret.path().join("s"), dir.path().join("file")).unwrap();
    std::os::unix::fs::symlink("../../../../../../etc/passwd", dir.path().join("up")).unwrap();
    let f = flash(&dir, Storage::Direct);
    let absolute = secret.path().join("s");
    for path in [
        "/usr/link/s",
        "/usr/file",
        "/usr/up",
        "/usr/../../etc/passwd",
        "/etc/passwd",
        "/usr/\0",
        "/usr/a:b",
        "/usr/a\\b",
        absolute.to_str().unwrap(),
    ] {
        assert!(f.read(path).is_err(), "{path}");
        assert!(f.write(path, b"x").is_err() || path == "/usr/file" || path == "/usr/up", "{path}");
    }
    assert!(f.write("/usr/link/new", b"x").is_err());
    assert_eq!(std::fs::read(secret.path().join("s")).unwrap(), b"secret");
    assert!(!secret.path().join("new").exists());
}
