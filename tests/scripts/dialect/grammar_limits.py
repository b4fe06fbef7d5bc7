# cell: what the compiler refuses, and takes, beside the grammar; words of 32 bits
# firmware: documented 2025 2026 micropython
import io
import sys


def attempt(source):
    try:
        exec(source)
        print(repr(source), 'taken')
    except Exception as e:
        print(repr(source), type(e).__name__, str(e).split(": '")[0])


def f(*args, **keywords):
    return len(args), len(keywords)


x, y = 1, 2
many = ', '.join(str(i) for i in range(29))
for source in ['1and 0', '1if 1else 0', '0x1.real', '1.5if x else 2', '1__1', 'x = 1_', "'\\\\N{DOT}'", "b'\\\\N{DOT}'",
               "f'{x!a}'", "f'{len(\":\")}'", "f'{\"{\"}'", "f'{(x)} {x=} {x!r:>5}'", "'{}' f'{x}'", "'{{' f'{x}'",
               "f'{x}' 'a{}b'", 'print("x"): int', '[x, y]: int', 'x, y: int', 'x: nothing', 'x: nothing = 2',
               'f(%s, *[1])' % many, 'f(%s, 1, *[1])' % many, 'f(%s, 1, 2, *[1])' % many, 'f(*[1], y=1)', 'f(y=1, *[1])',
               '[[(j := i) for i in range(2)] for j in range(2)]', '[(j := j) for j in range(2)]',
               'def g(a: nothing, *b: nothing, **c: nothing) -> nothing: pass']:
    attempt(source)
print([[(j := i) for i in range(2)] for j in range(2)], "aa" f"{x}" 'b{{' f"{y:>{x}}")
for source in ['if 1:\n    x = 1\n  y = 2\n', 'def f():\n    pass\n\n   x = 1\n', 'if True:\n', 'def f():\n  return 1\n  1 = x\n',
               'class A:\n  def f(a, a): pass\n', 'break\n', 'x = (\n']:
    try:
        compile(source, 'f.py', 'exec')
    except SyntaxError as e:
        text = io.StringIO()
        sys.print_exception(e, text)
        print([line for line in text.getvalue().split('\n') if 'f.py' in line or line.endswith(str(e))])


def local():
    x: int
    try:
        print(x)
    except NameError:
        print('a local variable')


local()


class Half:
    def __float__(self):
        return 0.5


print(2.0 * Half(), 2.0 + Half(), 2.0 // Half(), complex('1 1j'))
for source in ['range(2147483648)', 'range(-2147483648, 0)', '1 + Half()']:
    try:
        print(eval(source))
    except Exception as e:
        print(type(e).__name__, e)
print(len(range(-2147483647, 2147483647)), range(2147483646, 2147483647))
