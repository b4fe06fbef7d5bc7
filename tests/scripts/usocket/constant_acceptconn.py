# cell: Constants, SO_ACCEPTCONN (and getsockopt, which takes it)
# firmware: all
import usocket

print(getattr(usocket, 'SO_ACCEPTCONN', 'none'))
