# firmware: all
# Sources of the lines: MicroPython 1.28 (its build for browsers).


help([])
help(None)
help(())
try:
    help(1, 2)
except TypeError:
    print('TypeError')
