# cell: math: what generations 2 and 3 add
# firmware: 2025 2026 micropython
import math


def show(name, *arguments):
    try:
        result = getattr(math, name)(*arguments)
    except Exception as e:
        result = '%s: %s' % (type(e).__name__, e)
    if isinstance(result, float):
        result = '%.12g' % result
    print(name, arguments, result)


values = (0, 1, -1, 0.5, -0.5, 3.7, -3.7, 1000, math.inf, -math.inf, math.nan)
for name in ('expm1', 'log2', 'log10', 'cosh', 'sinh', 'tanh', 'acosh', 'asinh', 'atanh', 'erf', 'erfc', 'gamma', 'lgamma'):
    for value in values:
        show(name, value)
for n in (0, 1, 5, 25, -1, 1.5):
    show('factorial', n)
for a, b in ((1, 1), (1, 1.0000000001), (1, 1.05), (math.inf, math.inf), (math.inf, 1), (math.nan, math.nan), (0, 1e-12)):
    show('isclose', a, b)
print(math.isclose(1, 1.05, rel_tol=0.1), math.isclose(1, 1.05, abs_tol=0.1), math.isclose(0, 1e-12, abs_tol=1e-9))
try:
    math.isclose(1, 1, rel_tol=-1)
except ValueError as e:
    print(e)
print('%.12g' % math.tau)
