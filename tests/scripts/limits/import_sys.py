# firmware: all
# `import sys` is `usys`, wherever in a script it stands and whatever went before.
try:
    1 / 0
except ZeroDivisionError:
    pass
import sys
import usys


def function():
    try:
        [].pop()
    except IndexError:
        import sys
        return sys


print(sys is usys, function() is usys, __import__("sys") is usys)
exec("import sys\nprint(sys is usys)")
