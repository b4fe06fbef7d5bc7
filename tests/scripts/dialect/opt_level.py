# cell: micropython.opt_level: what is compiled from 1 on asserts nothing, from 3 on it knows no lines
# firmware: all
import micropython
import usys

print(micropython.opt_level())
exec('print(__debug__)')
for level in (1, 2):
    micropython.opt_level(level)
    exec('assert 0, "never"\nprint(__debug__, 3 if __debug__ else 4)')
micropython.opt_level(3)
exec('''
@micropython.bytecode
def f():
    try:
        missing
    except NameError as e:
        usys.print_exception(e)


f()
''')
micropython.opt_level(0)
try:
    exec('assert 1 > 2')
except AssertionError:
    print('asserted')
