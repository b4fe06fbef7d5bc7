# cell: literals
# What is calculated with literals is what is calculated with the same values in variables, for every operator: the
# compiler folds nothing that it folds wrongly.
VALUES = '''0 1 -1 2 -2 3 7 -7 64 255 256 1000 2**31 9007199254740993 2**63 -2**63 10**20 True False 0.0 -0.0 0.5 1.0
-1.5 2.0 3.7 100.0 1e10 1e16 1e300 -1e300 1e-300 1e400 -1e400 1j -2+3j 0j 'a' '' 'ab\\u4e2d' b'x' b'' b'xyz' () (1,)
(1,'a',2.5) None ...'''.split()
BINARY = '+ - * / // % ** << >> & | ^ @ == != < <= > >= in and or'.split()
# Beyond these an operation takes all time and memory there is.
HUGE = ('2**31', '9007199254740993', '2**63', '10**20', '1000')

compared = [0, 0]
wrong = []


def outcome(function):
    try:
        value = function()
        return '%s %r' % (type(value), value)
    except Exception as e:
        return '%s %s' % (type(e), e)


def compare(source, literal, runtime):
    compared[0] += 1
    if outcome(literal) != outcome(runtime):
        wrong.append((source, outcome(literal), outcome(runtime)))


def run(expressions):
    """Each with its operands as literals and as variables."""
    while len(expressions) > 100:
        run(expressions[:100])
        expressions = expressions[100:]
    lines = ['def all(compare):']
    for form, operands in expressions:
        literal = form % tuple('(%s)' % o for o in operands)
        runtime = form % tuple('v%d' % VALUES.index(o) for o in operands)
        lines.append(' compare(%r, lambda: %s, lambda: %s)' % (literal, literal, runtime))
    scope = {'v%d' % i: KNOWN[source] for i, source in enumerate(VALUES)}
    exec('\n'.join(lines), scope)
    scope['all'](compare)


def value(source):
    # Through lists, which no compiler folds.
    if source.startswith('-2+'):
        return [-2][0] + [3j][0]
    if '**' in source:
        base, exponent = source.lstrip('-').split('**')
        power = [int(base)][0] ** [int(exponent)][0]
        return -power if source[0] == '-' else power
    return eval(source)


KNOWN = {source: value(source) for source in VALUES}


def takes_too_long(op, a, b):
    if op == '*':
        return (a in HUGE and b[0] in '\'b(') or (b in HUGE and a[0] in '\'b(')
    if op in ('**', '<<'):
        return b in HUGE or (op == '**' and b in ('255', '256'))
    return False


for a in VALUES:
    run([('%%s %s %%s' % op.replace('%', '%%'), (a, b)) for b in VALUES for op in BINARY if not takes_too_long(op, a, b)])

run([(op + ' %s', (a,)) for a in VALUES for op in ('-', '+', '~', 'not')])
# What becomes a constant on the way: conditions that are known, chains, signs, tuples.
FORMS = '''(%s if 1 else 5) // %s
(%s if [] else 2.5) / %s
(%s and %s) // 2
(%s or %s) * 1.5
-%s // %s
(-%s) ** %s
not %s - %s
(%s, %s)[0]
(%s, %s)[-1:]
(%s, %s)[::2]
(%s,) + (%s,)
(%s, 2) * 2 + (%s,)
(y := %s) // %s
1.5 + %s - %s
f'{%s}{%s!r}'
[%s, %s, 3]
{1: %s}[1] == %s
%s < %s < 2
(%s + 1) // %s
(lambda: %s // %s)()'''.split('\n')
SOME = ['0', '-1', '2', '2.0', '-0.0', '3.7', '-1.5', 'True', '1e300', "'a'", "b'x'", '(1,)', '1j', 'None']
for form in FORMS:
    run([(form, (a, b)) for a in SOME for b in SOME if not (form.count('**') and a == '1e300')])
INDICES = '0 1 -1 5 True 1.0 None 0:1 1: :2 ::2 ::-1 -1: 1:0 2**63 1j'.split()
CONTAINERS = ["'abc'", "'a\\u4e2d'", "b'abc'", "(1, 2.5, 'a')", '()', "''", '1', 'None', '((1, 2), 3)', "'\\ufffd\\ud800'"]
for container in CONTAINERS:
    for index in INDICES:
        scope = {}
        exec('def f(): return (%s)[%s]\ndef g(c): return c[%s]\nC = [%s]' % (container, index, index, container), scope)
        compare('%s[%s]' % (container, index), scope['f'], lambda: scope['g'](scope['C'][0]))
for text in ("'%s-%5s|%-5s|' % (1, 'a', 2.5)", "'%s%r' % (1,)", "'%s' % (1, 2)", "'%05s' % ('a',)", "'%d%%' % (5,)"):
    format, arguments = text.split(' % ', 1)
    compare(text, lambda: eval(text), lambda: eval(format) % eval(arguments))
for difference in wrong[:20]:
    print(*difference)
print(compared[0] > 20000, len(wrong))
