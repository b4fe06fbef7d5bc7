# cell: long_source
# options: --heap 512M
# Source that is long, or nested deep, compiles in time that grows with it, or is refused; in a thread too.
import _thread
import utime


def tried(name, source):
    try:
        exec(source, {})
        print(name, 'runs')
    except BaseException as e:
        print(name, e.__class__.__name__ if e.args else '', e)


def nested(head, n, tail='pass'):
    return ''.join(' ' * i + head + '\n' for i in range(n)) + ' ' * n + tail + '\n'


def everything(where):
    tried(where + ' constants', '\n'.join('a=%d' % i for i in range(60000)) + '\nassert a == 59999')
    tried(where + ' list', 'x=[' + ','.join(str(i) for i in range(60000)) + ',"\\ud800"]\nassert x[777] == 777 and len(x) == 60001')
    tried(where + ' functions', '\n'.join('def f%d(): return %d' % (i, i) for i in range(4000)) + '\nassert f3999() == 3999')
    tried(where + ' elif', 'if 0: pass\n' + 'elif 0: pass\n' * 50000 + 'else: x = 1\nassert x')
    tried(where + ' names', 'def f():\n' + '\n'.join(' a%d=1' % i for i in range(5000)) + '\n return a4999\nassert f()')
    for operator in ('-', 'not ', 'lambda:', '1 if 1 else ', '1**', '1+'):
        tried(where + ' ' + operator, operator * 15000 + '1')
        tried(where + ' ' + operator, operator * 100000 + '1')
    tried(where + ' attributes', 'a = 1\na' + '.a' * 100000)
    tried(where + ' functions in functions', nested('def f():', 500))
    tried(where + ' classes in classes', nested('class f:', 1500))
    tried(where + ' finally', ''.join(' ' * i + 'try: pass\n' + ' ' * i + 'finally:\n' for i in range(19)) + ' ' * 19 + 'pass')
    tried(where + ' comprehensions', 'x = []\n' + '[' * 100 + '1' + ' for x in x]' * 100)


everything('main')
done = []


def thread():
    everything('thread')
    done.append(1)


_thread.start_new_thread(thread, ())
while not done:
    utime.sleep_ms(5)
# Displays that become one constant, and those that do not.
n = 5
source = 'x = %s' % [[(i, str(i), -i / 4, None, b'b') for i in range(200)], list(range(100))]
exec(source)
print(x[0][199], x[1][99], len(x[0]))
exec('x = [%s n, n + 1, %s]' % ('1, ' * 50, '2, ' * 50))
print(len(x), x[49:56])
exec('x = {%s}' % ', '.join('%d: (%d, "v")' % (i % 300, i) for i in range(1000)))
print(len(x), x[0], x[299], list(x)[:3] == [0, 1, 2] or sorted(x)[:3])
exec('x = {%s}; y = (%s n)' % (', '.join(str(i % 40) for i in range(100)), '7, ' * 40))
print(len(x), len(y), y[40])
# More constants than the generator looks through.
exec('\n'.join('def f%d(a=%d.5): return (a, %d, "s%d", -%d, 0, "", %d if a else 0)' % ((i,) * 6) for i in range(1500)))
print(f0(), f1499(), f1499(0), f3(None))
exec('def f():\n' + ''.join(' if %d: x = not %d\n' % (i, i) for i in range(5000)) + ' return x, 0 or 5, "" and 1, not 0\nprint(f())')
