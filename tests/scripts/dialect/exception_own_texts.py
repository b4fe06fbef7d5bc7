# cell: what a script says in an exception stays as it is
# firmware: all
for class_, text in (
    (NameError, "name 'x' is not defined"),
    (TypeError, "unsupported operand type(s) for +: 'int' and 'str'"),
    (ValueError, "invalid literal for int() with base 10: 'x'"),
    (ZeroDivisionError, 'division by zero'),
    (SyntaxError, 'my syntax'),
    (ImportError, "cannot import name 'x' from 'y' (z)"),
    (AttributeError, "module 'x' has no attribute 'y'"),
):
    try:
        raise class_(text)
    except Exception as e:
        print(type(e).__name__, str(e) == text, e.args == (text,), repr(e))
