//! Programs made by chance, of what every MicroPython and this one must do alike: integers, floats that print exactly,
//! texts, lists, control flow, exceptions, closures, generators, classes. Not of what differs by design and is
//! documented: the order of sets and dicts, texts of the VM's own exceptions, addresses, `is`.

use std::fmt::Write;

/// A generator of numbers that is the same everywhere (Knuth's LCG).
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// Below `n`.
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % n
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }
}

/// One program.
pub fn program(seed: u64) -> String {
    let mut writer = Writer { chance: Chance::new(seed), out: String::new(), functions: 0, budget: 60 };
    writer.out.push_str("a, b, c, n = 3, -7, 10, 0\ns, t = 'abc', 'x,y'\nl, m = [5, 1, 4], []\nd = {'k': 1}\n");
    for _ in 0..writer.chance.below(4) + 1 {
        writer.definition();
    }
    for _ in 0..writer.chance.below(8) + 4 {
        // What one raises keeps none from running.
        writer.line(0, "try:");
        writer.statement(1, 3);
        writer.line(0, "except Exception as e:");
        writer.line(1, "print('raised', type(e).__name__)");
    }
    writer.out.push_str("print(a, b, c, n, s, t, l, m, sorted(d.items()))\n");
    writer.out
}

struct Writer {
    chance: Chance,
    out: String,
    functions: usize,
    /// Statements that may still be written.
    budget: usize,
}

impl Writer {
    fn line(&mut self, depth: usize, text: &str) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.out, "{}{text}", "    ".repeat(depth));
    }

    fn int(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self
                .chance
                .of(&["a", "b", "c", "n", "0", "1", "2", "-3", "17", "255", "(1 << 40)", "len(l)", "True"])
                .to_owned();
        }
        let (x, y) = (self.int(depth - 1), self.int(depth - 1));
        match self.chance.below(16) {
            0..=5 => format!("({x} {} {y})", self.chance.of(&["+", "-", "&", "|", "^", "+"])),
            6 => format!("({x} * {y} % 1000003)"),
            7 => format!("({x} // ({y} or 3))"),
            8 => format!("({x} % {y})"),
            9 => format!("({x} if {y} > 0 else {})", self.int(depth - 1)),
            10 => format!("({x} and {y})"),
            11 => format!("({x} or {y})"),
            12 => format!("(-{x})"),
            13 => format!("({x} << {} >> 3)", self.chance.below(70)),
            14 => format!("abs({x})"),
            _ => format!("int({x} {} {y})", self.chance.of(&["<", "<=", "==", "!=", ">", ">="])),
        }
    }

    /// An index: the build to compare with has words of 32 bits.
    fn index(&mut self) -> String {
        format!("({} % 9 - 4)", self.int(0))
    }

    fn float(&mut self) -> String {
        // Quarters print exactly.
        let x = format!("(({}) % 4096 / 4)", self.int(1));
        match self.chance.below(5) {
            0 => format!("{x} + 0.5"),
            1 => format!("{x} * -2.0"),
            2 => format!("{x} // 2.0"),
            3 => format!("{x} % 1.5"),
            _ => format!("-{x}"),
        }
    }

    fn text(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.chance.of(&["s", "t", "'ab'", "''", "'a,b,c'", "'%d' % a", "str(b)"]).to_owned();
        }
        let (x, i, j) = (self.text(depth - 1), self.index(), self.index());
        match self.chance.below(11) {
            0 => format!("({x} + {})", self.text(depth - 1)),
            1 => format!("({x} * ({i} & 3))"),
            2 => format!("{x}.{}()", self.chance.of(&["upper", "lower", "strip", "lstrip"])),
            3 => format!("({x})[{i}:{j}]"),
            4 => format!("({x}).replace('a', 'zz')"),
            5 => format!("f'{{{i}}}-{{s!r}}-{{t}}'"),
            6 => format!("'%s:%5d|%-4d|%x' % ({x}, {i}, {j}, abs({i}))"),
            7 => format!("'{{}}/{{:>4}}/{{:<3}}'.format({i}, {j}, 'q')"),
            8 => format!("','.join([{x}, 'w'])"),
            9 => format!("({x})[{i}]"),
            _ => format!("({x})[:{i}]"),
        }
    }

    fn list(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.chance.of(&["l", "m", "[1, 2, 3]", "[]", "list(range(4))", "[9, 8]"]).to_owned();
        }
        let (x, i, j) = (self.list(depth - 1), self.index(), self.index());
        match self.chance.below(9) {
            0 => format!("({x} + {})", self.list(depth - 1)),
            1 => format!("{x}[{i}:{j}]"),
            2 => format!("{x}[::-1]"),
            3 => format!("sorted({x})"),
            4 => format!("[v + {i} for v in {x} if v != {j}]"),
            5 => format!("list(map(lambda v: v * 2, {x}))"),
            6 => format!("[v for i, v in enumerate({x}) if i % 2 == 0]"),
            7 => format!("[p + q for p, q in zip({x}, [1, 2])]"),
            _ => format!("({x} * ({i} & 1))"),
        }
    }

    fn any(&mut self) -> String {
        match self.chance.below(7) {
            0..=2 => self.int(2),
            3 => self.float(),
            4 => self.text(2),
            5 => self.list(2),
            _ => format!("({}, {})", self.int(1), self.text(1)),
        }
    }

    fn block(&mut self, depth: usize, nesting: usize) {
        for _ in 0..self.chance.below(3) + 1 {
            self.statement(depth, nesting);
        }
    }

    fn statement(&mut self, depth: usize, nesting: usize) {
        let kinds = if nesting == 0 || self.budget == 0 { 9 } else { 15 };
        self.budget = self.budget.saturating_sub(1);
        let (x, y) = (self.int(1), self.int(2));
        match self.chance.below(kinds) {
            0 | 1 => {
                let any = self.any();
                self.line(depth, &format!("print({any})"));
            }
            2 => {
                let to = self.chance.of(&["a", "b", "c", "n"]);
                self.line(depth, &format!("{to} = {y} % 100003"));
            }
            3 => {
                let (to, op) =
                    (self.chance.of(&["a", "b", "c"]), self.chance.of(&["+=", "-=", "^=", "|=", "&=", "//="]));
                self.line(depth, &format!("{to} {op} {x}"));
            }
            4 => {
                let (to, text) = (self.chance.of(&["s", "t"]), self.text(1));
                self.line(depth, &format!("{to} = ({text})[:20]"));
            }
            5 => {
                let (to, list) = (self.chance.of(&["l", "m"]), self.list(1));
                self.line(depth, &format!("{to} = {list}[:8]"));
            }
            6 => {
                let index = self.index();
                self.line(depth, &format!("l[{index}] = {y} % 1009"));
            }
            7 => {
                let text = self.text(0);
                self.line(depth, &format!("d[{text}] = {x}"));
            }
            8 if self.functions > 0 => {
                let called = self.chance.below(self.functions);
                self.line(depth, &format!("print(f{called}({x}))"));
            }
            8 => self.line(depth, "a, *l = [b, c, n]"),
            9 => {
                let test = self.int(2);
                self.line(depth, &format!("if {test}:"));
                self.block(depth + 1, nesting - 1);
                self.line(depth, "else:");
                self.block(depth + 1, nesting - 1);
            }
            10 => {
                let variable = self.chance.of(&["i", "j", "n"]);
                self.line(depth, &format!("for {variable} in range({x} & 3):"));
                self.block(depth + 1, nesting - 1);
                let end = self.chance.of(&["pass", "break", "continue"]);
                self.line(depth + 1, &format!("if {y} > 9: {end}"));
                self.line(depth, "else:");
                self.line(depth + 1, "print('whole')");
            }
            11 => {
                // Of a name that nothing else assigns to, so that it ends.
                self.line(depth, &format!("w{depth} = 3"));
                self.line(depth, &format!("while w{depth} > 0:"));
                self.line(depth + 1, &format!("w{depth} -= 1"));
                self.block(depth + 1, nesting - 1);
            }
            _ => self.attempt(depth, nesting),
        }
    }

    fn attempt(&mut self, depth: usize, nesting: usize) {
        let (x, kind) = (self.int(1), self.chance.of(&["ValueError", "KeyError", "IndexError", "TypeError"]));
        self.line(depth, "try:");
        self.block(depth + 1, nesting - 1);
        self.line(depth + 1, &format!("if {x} > 0: raise {kind}({x})"));
        match self.chance.below(3) {
            0 => {
                self.line(depth, "except (ValueError, ZeroDivisionError) as e:");
                self.line(depth + 1, "print('caught', type(e).__name__)");
                self.line(depth, "except Exception as e:");
                self.line(depth + 1, "print('other', type(e).__name__)");
                self.line(depth, "else:");
                self.block(depth + 1, nesting - 1);
            }
            1 => {
                self.line(depth, "finally:");
                self.block(depth + 1, nesting - 1);
            }
            _ => {
                self.line(depth, &format!("except {kind} as e:"));
                self.line(depth + 1, "print('caught', type(e).__name__)");
                self.line(depth, "finally:");
                self.line(depth + 1, "print('finally')");
            }
        }
    }

    fn definition(&mut self) {
        let (name, x, y) = (self.functions, self.int(1), self.int(2));
        let list = self.list(1);
        match self.chance.below(5) {
            0 => {
                self.line(0, &format!("def f{name}(x, y={x}, *z, w=2):"));
                self.line(1, "global c");
                self.line(1, &format!("try:\n        c = x + y\n        if x > y: return x - {y} % 97"));
                self.line(1, "finally:\n        c += w");
                self.line(1, "return [x, y, z, w]");
            }
            1 => {
                self.line(0, &format!("def f{name}(x):"));
                self.line(
                    1,
                    "total = 0\n    def add(v):\n        nonlocal total\n        total += v\n        return total",
                );
                self.line(1, &format!("return [add(v) for v in (1, x, {x})] + [total]"));
            }
            2 => {
                self.line(0, &format!("def g{name}(x):"));
                self.line(1, &format!("try:\n        for v in {list}:\n            got = yield v + x"));
                self.line(3, "if got: yield ('got', got)");
                self.line(1, "finally:\n        yield 'end'");
                self.line(
                    0,
                    &format!("def f{name}(x):\n    def outer():\n        r = yield from g{name}(x)\n        yield r"),
                );
                self.line(1, "return list(outer())");
            }
            3 => {
                self.line(0, &format!("class A{name}:\n    k = {x}\n    def __init__(self, x):\n        self.x = x"));
                self.line(1, "def __len__(self): return self.x & 7\n    def __getitem__(self, i): return self.x + i");
                self.line(
                    1,
                    "def __eq__(self, other): return self.x == other.x\n    def go(self): return self.x + self.k",
                );
                self.line(0, &format!("class B{name}(A{name}):\n    def go(self): return super().go() * 2"));
                self.line(0, &format!("def f{name}(x):\n    b = B{name}(x)\n    b.k = {y} % 50"));
                self.line(
                    1,
                    &format!("return b.go(), len(b), b[2], b == A{name}(x), isinstance(b, A{name}), B{name}.k"),
                );
            }
            _ => {
                self.line(
                    0,
                    &format!("f{name} = lambda x, *r, **k: (x * 2, [v for v in {list} if v > x], len(r), sorted(k))"),
                );
            }
        }
        self.functions += 1;
    }
}
