# cell: POLLIN 1, POLLOUT 4, POLLERR 8, POLLHUP 16
# firmware: all
import uselect

print(uselect.POLLIN, uselect.POLLOUT, uselect.POLLERR, uselect.POLLHUP)
