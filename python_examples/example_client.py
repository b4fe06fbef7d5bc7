# A client for example_server.py: reads its greeting, sends a line, and sees it close.
import usocket

sock = usocket.socket(usocket.AF_INET, usocket.SOCK_STREAM)
sock.settimeout(5)
sock.connect(('127.0.0.1', 6000))
print('received:', sock.recv(256).decode())
sock.send('good morning')
sock.close()
