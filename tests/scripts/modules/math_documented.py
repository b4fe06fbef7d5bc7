# cell: math: the functions of all firmware
# firmware: all
import math


def show(name, *arguments):
    try:
        result = getattr(math, name)(*arguments)
    except Exception as e:
        result = '%s: %s' % (type(e).__name__, e)
    if isinstance(result, float):
        result = '%.12g' % result
    print(name, arguments, result)


inf, nan = float('inf'), float('nan')
values = (0, 1, -1, 0.5, -0.5, 3.7, -3.7, 1000, inf, -inf, nan, True)
for name in ('sqrt', 'exp', 'log', 'cos', 'sin', 'tan', 'acos', 'asin', 'atan', 'fabs', 'degrees', 'radians',
             'ceil', 'floor', 'trunc', 'isfinite', 'isinf', 'isnan'):
    for value in values:
        show(name, value)
for name in ('pow', 'atan2', 'fmod', 'copysign', 'log'):
    for a in (0, 1, -1, 2, -8.5, inf):
        for b in (0, 1, -1, 0.5, -3):
            show(name, a, b)
print([math.frexp(x) for x in (0, 1, -3.7, 1000, inf)], [math.modf(x) for x in (0, 3.5, -3.25)])
print(math.ldexp(0.75, 3), math.ldexp(1, -2), math.pow(2, 3), math.floor(2.0 ** 70), math.log(8, 2) == 3)
show('ldexp', 1, 1.5)
show('ldexp', 1, 2 ** 40)
for wrong in ('a', None, 1j):
    show('sqrt', wrong)
print('%.12g %.12g' % (math.e, math.pi))
print([hasattr(math, name) for name in ('gcd', 'prod', 'dist', 'hypot', 'comb', 'fsum', 'log1p', 'isqrt')])
