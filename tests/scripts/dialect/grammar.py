# cell: grammar that a module's compiler does not have, and grammar that it has
# firmware: all
def t(source):
    try:
        exec(source)
        print('ok', repr(source))
    except SyntaxError as e:
        print(type(e).__name__ + ':', e, e.args, repr(source))


for source in (
    'x = {**{}}',
    'x = [*[1]]',
    'x = (*[1],)',
    'x = {*[1]}',
    'x = *[1], 2',
    'def f(a, /): pass',
    'match 1:\n  case 1: pass',
    'try:\n  pass\nexcept* ValueError: pass',
    "t'{1}'",
    'type X = int',
    'def f[T](a): pass',
    '@(lambda f: f)\ndef g(): pass',
    'async def f():\n  return [i async for i in x]',
    '@micropython.nothing\ndef f(): pass',
    'x = = 1',
    '5 = x',
    'f() = 1',
    'None = 1',
    'del 5',
    'x = (1,',
    "x = 'abc",
    'print 5',
    'if 1\n',
    'return 5',
    'yield 5',
    'break',
    'f(a=1, 2)',
    'def f(x, x): pass',
    'def f(a=1, b): pass',
    'nonlocal x',
    'a\n  b\n',
    'def f():\n  a\n b\n',
    'x: int = 1',
    'def f(a: undefined_name) -> another: pass',
    '(y := 1)',
    'a, *b = [1, 2]',
    'x = 1_000',
    "class C:\n  async def f(self):\n    async with x: pass",
    '@micropython.bytecode\ndef f(): pass',
    'def f():\n  yield from []\n  return 1',
    "x = u'a' 'b'",
    'lambda *a, b=1, **c: 0',
    'f = lambda: (yield)',
):
    t(source)
t('print(*[1], *[2])')
t("print(f'{1 + 1}')")
