//! The dialect and the compiler: any text is compiled or refused with an exception that a script can catch, and the lines of
//! what is rewritten are those of its author.

use crate::script::Check;
use crate::target::Target;
use quecpy_runtime::dialect::{compile, plain_lines};
use rustpython_vm::AsObject;
use rustpython_vm::compiler::Mode;

pub const TARGET: Target = Target { name: "dialect", run, seeds, words: WORDS, inputs: 6000 };

/// Pieces of source.
pub const WORDS: &[&[u8]] = &[
    b"\n",
    b"\n    ",
    b"\n\t",
    b"\t",
    b" ",
    b"\r\n",
    b"\\\n",
    b"\x0c",
    b"#",
    b":",
    b"(",
    b")",
    b"[",
    b"]",
    b"{",
    b"}",
    b"'",
    b"\"",
    b"'''",
    b"\"\"\"",
    b"f'",
    b"{x!r:>{y}}",
    b"rb'",
    b"\\x",
    b"\\N{",
    b"\\u",
    b"def f(a, *b, c=1, **d):",
    b"class A(B):",
    b"lambda x:",
    b"if x:",
    b"else:",
    b"elif y:",
    b"for i in x:",
    b"while 1:",
    b"try:",
    b"except E as e:",
    b"finally:",
    b"with a as b:",
    b"async ",
    b"await ",
    b"yield ",
    b"yield from x",
    b"return ",
    b"raise ",
    b"import a.b as c",
    b"from . import *",
    b"global x",
    b"nonlocal x",
    b"del x",
    b"assert x, y",
    b"pass",
    b"break",
    b"continue",
    b"match x:",
    b"case 1:",
    b"type X = int",
    b":=",
    b"**",
    b"//",
    b"->",
    b"...",
    b"@",
    b"~",
    b"not ",
    b"is not ",
    b"not in ",
    b"1_0",
    b"0x",
    b"1e",
    b"1j",
    b"{1, 2, 3}",
    b"x[1:2, ::3]",
    b"*a",
    b"__debug__",
    b"print(",
    b"=",
    b"+=",
    b",",
    b";",
    b"\xef\xbb\xbf",
    b"\xff",
    b"\x00",
    b"\xe4\xbd\xa0",
    b"((((((((((((((((((((",
    b"[[[[[[[[[[[[[[[[[[[[",
    b"not not not not not not not ",
    b"-----------------",
    b"4.0 // 2",
];

pub fn seeds() -> Vec<Vec<u8>> {
    crate::target::owned(&[
        b"def f(a, b=1, *c, **d):\n\tif a:\n\t    return [x for x in c if x]\n\telse:\n\t\tyield from d\n",
        b"class A(B):\n    x = {1, 2} | {'a': 1}\n    def m(self):\n        try:\n            raise E\n        except (E, F) as e:\n            pass\n        finally:\n            del e\n",
        b"async def f():\n    async with a as b, c:\n        await g()\n    async for x in y:\n        print(f'{x!r:>{w}} {y}')\n",
        b"x = lambda *a, **b: (yield)\nfor i in range(10):\n    while True:\n        break\n    else:\n        continue\nassert x, 'm'\n",
        b"import a.b as c\nfrom d import (e, f as g)\n@micropython.native\ndef h(): global x; nonlocal_ = 1\n",
        b"x = 1 if y else 2; z = x[1:2:3]; w = not x or y and z; v = (a := 5) << 3 ** -2 // 4.0\n",
        b"with a:\n  '''\n\ttext\n  '''\n  \"\\N{BULLET}\\u00e4\\x41\"\n  b'\\xff' rb'\\d'\n",
    ])
}

/// What may be said of a text that is no program.
const REFUSALS: [&str; 7] = [
    "NotImplementedError",
    "SyntaxError",
    "IndentationError",
    "TabError",
    "RuntimeError",
    "RecursionError",
    "MemoryError",
];

fn run(bytes: &[u8]) {
    let Ok(source) = std::str::from_utf8(bytes) else { return };
    let plain = plain_lines(source);
    assert_eq!(plain.matches('\n').count(), source.replace("\r\n", "\n").matches(['\n', '\r']).count());
    assert_eq!(plain_lines(&plain), plain);
    for mode in [Mode::Exec, Mode::Single, Mode::Eval] {
        compiles(source, mode);
    }
}

thread_local! {
    static CHECK: Check = Check::new("def check(data):\n    pass\n");
}

/// Whether it is a program.
pub fn compiles(source: &str, mode: Mode) -> bool {
    CHECK.with(|check| {
        check.session().enter(|vm| match compile(source, mode, "<fuzz>", vm) {
            Ok(_) => true,
            Err(e) => {
                let class = e.class().name().to_owned();
                let told = || quecpy_modules::bridge::exceptions::traceback::text(&e, vm);
                assert!(REFUSALS.contains(&&*class), "{}", told());
                false
            }
        })
    })
}
