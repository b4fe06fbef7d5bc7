# cell: an error that nobody catches
# firmware: all
# exit: 1
# stderr: OSError: [Errno 9] EBADF
import usocket

sock = usocket.socket()
sock.close()
print('before')
sock.recv(1)
print('after')
