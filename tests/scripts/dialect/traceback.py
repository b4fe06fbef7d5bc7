# cell: uncaught exceptions: no source lines, no carets, no causes
# exit: 1
# stderr: traceback.py", line 13, in <module>
# stderr: traceback.py", line 10, in outer
# stderr: OSError: [Errno 110] ETIMEDOUT
def outer():
    try:
        raise KeyError('first')
    except KeyError:
        raise OSError(110)


outer()
