# cell: setsockopt: SO_REUSEADDR, value int or bytes
# firmware: all
import usocket

sock = usocket.socket()
print(sock.setsockopt(usocket.SOL_SOCKET, usocket.SO_REUSEADDR, 1))
print(sock.setsockopt(usocket.SOL_SOCKET, usocket.SO_REUSEADDR, b'\x01\x00\x00\x00'))
print(sock.setsockopt(usocket.SOL_SOCKET, usocket.SO_REUSEADDR, 0))
