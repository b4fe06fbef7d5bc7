# cell: After close: OSError(9) in every call but close, fileno and getsocketsta
# firmware: all
import usocket
from usr.support import number

sock = usocket.socket()
sock.close()
address = ('127.0.0.1', 1)
print('bind', number(sock.bind, address))
print('listen', number(sock.listen, 1))
print('accept', number(sock.accept))
print('connect', number(sock.connect, address))
print('recv', number(sock.recv, 1))
print('recv of nothing', number(sock.recv, 0))
print('recvfrom', number(sock.recvfrom, 1))
print('read', number(sock.read, 1), number(sock.read), number(sock.read, 0))
print('readline', number(sock.readline))
print('readinto', number(sock.readinto, bytearray(1)), number(sock.readinto, bytearray(0)))
print('write', number(sock.write, b'x'))
print('send', number(sock.send, b'x'), number(sock.send, b''))
print('sendall', number(sock.sendall, b'x'), number(sock.sendall, b''))
print('sendto', number(sock.sendto, b'x', address))
print('setsockopt', number(sock.setsockopt, usocket.SOL_SOCKET, usocket.SO_REUSEADDR, 1))
print('option 20', number(sock.setsockopt, usocket.SOL_SOCKET, 20, print))
print('settimeout', number(sock.settimeout, 1))
print('setblocking', number(sock.setblocking, True))
print('makefile', number(sock.makefile))
print(sock.close(), sock.fileno(), sock.getsocketsta())
