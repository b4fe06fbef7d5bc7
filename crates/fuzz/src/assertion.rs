//! Asserts that explain themselves: a program stays one, with its lines and without the asserts' parts left behind.

use crate::dialect::{WORDS, compiles};
use crate::target::Target;
use quecpy_testkit::assertion::rewrite;
use rustpython_vm::compiler::Mode;

pub const TARGET: Target = Target { name: "assertion", run, seeds, words: WORDS, inputs: 3000 };

fn seeds() -> Vec<Vec<u8>> {
    let own = crate::target::owned(&[
        b"assert f(x) == 1, 'm'\nassert not (a < b <= c) or d in e and g.h[1:2]\n",
        b"def f():\n    assert (\n        a\n        == b  # c\n    ), ('x',\n 'y')\n    return 'assert 1'\n",
        b"assert any(x for x in y); assert (yield); assert (a := 1)\nif x: assert lambda: 1, f'{y}'\n",
        b"class A:\n\tassert f(*a, b=1, **c) is not None\n\tasync def g(): assert await h(), 1\n",
        b"assert [x for x in y if z] == {1: 2, **q}\nassert (*a, b) != -c ** ~d\n",
    ]);
    [own, crate::dialect::seeds()].concat()
}

fn run(bytes: &[u8]) {
    let Ok(source) = std::str::from_utf8(bytes) else { return };
    let rewritten = rewrite(source);
    assert_eq!(rewritten.text.matches('\n').count(), source.matches('\n').count());
    if rewritten.text != source && compiles(source, Mode::Exec) {
        assert!(compiles(&rewritten.text, Mode::Exec), "{}", rewritten.text);
    }
}
