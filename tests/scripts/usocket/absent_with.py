# cell: No __enter__: the with statement fails
# firmware: all
import usocket

try:
    with usocket.socket() as sock:
        print('inside')
except AttributeError as e:
    print(e)
