# cell: cmath
# firmware: all
import cmath


def show(name, *arguments):
    try:
        result = getattr(cmath, name)(*arguments)
    except Exception as e:
        print(name, arguments, '%s: %s' % (type(e).__name__, e))
        return
    if isinstance(result, complex):
        result = (result.real, result.imag)
    if not isinstance(result, tuple):
        result = (result,)
    print(name, arguments, ['%.10g' % (part + 0.0) for part in result])


for name in ('phase', 'polar', 'exp', 'log', 'log10', 'sqrt', 'cos', 'sin'):
    for z in (1, 1j, 1 + 2j, -2 - 0.5j, 'a'):
        show(name, z)
show('rect', 1, 2)
show('rect', 1, 'a')
show('log', 0)
print('%.10g %.10g' % (cmath.e, cmath.pi))
