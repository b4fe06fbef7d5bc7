# cell: how floats are printed
# firmware: documented 2021 2025 micropython
for x in (0.1 + 0.2, 1 / 3, 2 / 3, 1.0, -0.0, 100.0, 1e15, 1e16, 123456789.123, 1e-5, 0.0001, 1.5e300, 1e22):
    print(x, repr(x), str(x), [x], '%s' % x, '{}'.format(x))
print(float('inf'), float('-inf'), float('nan'), '%.2f' % 0.126, '{:.3f}'.format(2 / 3), round(2 / 3, 2), 3 * 0.1)
