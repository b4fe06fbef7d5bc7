# cell: locals within a function are the names of its module
# firmware: all
x = 1


def f():
    y = 2
    return locals()


print('x' in f(), 'y' in f(), 'x' in locals(), f() is globals())
