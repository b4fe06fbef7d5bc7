# cell: poll: datagrams
# firmware: all
import uselect
import usocket

sock = usocket.socket(usocket.AF_INET, usocket.SOCK_DGRAM)
port = 20000 + id([]) // 64 % 12000
while True:
    try:
        sock.bind(('127.0.0.1', port))
        break
    except OSError:
        port += 1
poll = uselect.poll()
poll.register(sock, uselect.POLLIN)
print(poll.poll(0))
sock.sendto(b'x', ('127.0.0.1', port))
print([event for s, event in poll.poll(1000)], sock.recv(5), poll.poll(0))
