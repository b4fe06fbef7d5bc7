# cell: where functions, generators and namespaces differ from CPython's
# firmware: micropython


def f(*args, **options):
    return len(args)


for name in ('__module__', '__doc__', '__defaults__'):
    print(name, hasattr(f, name))
try:
    f.mark = 1
except AttributeError:
    print('functions take no attributes')
try:
    [].append()
except TypeError as e:
    print(e)
for source in ('f(y=1, *(3,))', 'f(' + '0,' * 70 + '*(1,))', 'f(**{}, 1)'):
    try:
        exec(source)
        print('fine')
    except SyntaxError as e:
        print(e)


class Context:
    def __enter__(self):
        print('enter')

    def __exit__(self, *args):
        print('never called')


def lines():
    try:
        with Context():
            yield 1
            yield 2
    finally:
        print('never called')


for line in lines():
    print(line)
    break


def inner():
    x = 1
    try:
        return eval('x')
    except NameError:
        return 'eval sees no locals'


print(inner())
print('inner' in (lambda: locals())(), [y := 1, y**2], any((i := j) > 1 for j in range(3)), i)
print([j for i in range(3) if (j := i)])
