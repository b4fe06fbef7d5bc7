# cell: usys.print_exception(exc): without a file to stdout; without a traceback the last line only
# firmware: all
import usys

usys.print_exception(ValueError('never raised'))
