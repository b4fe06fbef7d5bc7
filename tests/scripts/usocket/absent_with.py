# cell: No __enter__: the with statement fails
# firmware: all
import usocket

try:
    with usocket.socket() as sock:
        print('inside')
except (AttributeError, TypeError) as e:
    # FIXME: the module raises AttributeError; this VM has its own check and raises TypeError.
    print(type(e).__name__)
