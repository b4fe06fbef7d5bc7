# cell: exec, eval, compile: tabs, the globals they run in, their errors
# firmware: all
exec('if 1:\n\tx = 1\n        y = 2\n')
print(x, y)


def inside():
    local = 5
    exec('made = 1')
    try:
        print(eval('local'))
    except NameError as e:
        print(e)


inside()
print(made, eval(b'2 + 2'))
names = {'a': 1}
exec('b = a + 1', names)
print(names['b'], eval('a + b', names), eval('a + c', {'a': 1}, {'c': 5}))
code = compile('z = 7', 'name.py', 'exec')
exec(code)
print(z, eval(compile('z + 1', 'name.py', 'eval')))
for wrong in (5, None):
    try:
        exec(wrong)
    except TypeError as e:
        print(e)
try:
    exec('a = 1\nb = = 2')
except SyntaxError as e:
    print(e, e.args)
