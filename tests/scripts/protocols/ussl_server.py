# cell: ussl: both sides in one script
# firmware: all
import _thread
import uselect
import usocket
import ussl
from usr.support import listening, until

with open('/usr/tls_cert.pem') as file:
    cert = file.read()
with open('/usr/tls_key.pem') as file:
    key = file.read()


def pair():
    """The client's plain socket, its TLS, and the server's TLS."""
    server, port = listening()
    made = []
    _thread.start_new_thread(lambda: made.append(
        ussl.wrap_socket(server.accept()[0], server_side=True, cert=cert, key=key)), ())
    sock = usocket.socket()
    sock.connect(('127.0.0.1', port))
    client = ussl.wrap_socket(sock, server_hostname='server.test', ca=cert)
    until(lambda: made)
    server.close()
    return sock, client, made[0]


sock, client, server = pair()
print(client.write('hello\nworld'), server.readline(), server.read(5))
print(client.write(b'12345', 2), client.write(b'12345', 2, 2), client.write(bytearray(b'!')), server.read(5))
room = bytearray(4)
print(server.write('abcdefg'), client.readinto(room), bytes(room), client.readinto(room, 2), bytes(room), client.readline(1))
der = client.getpeercert(True)
print(type(der), der[:1], server.getpeercert(True))

# What does not wait has nothing at first.
poll = uselect.poll()
poll.register(client, uselect.POLLIN)
client.setblocking(False)
print(client.read(5), client.readline(), poll.poll(0))
server.write('abc\nd')
print(poll.poll()[0][0] is client, client.readline())
# The rest is here and not in the kernel any more.
print(poll.poll(1000)[0][1], client.read(5), client.read(5))
client.setblocking(True)

# A timeout loses nothing.
sock.settimeout(0.02)
server.write('abc')
try:
    client.read(6)
except OSError as e:
    print(e.args)
server.write('def')
sock.settimeout(None)
print(client.read(6))

# Both ways at once, more than any buffer holds.
big = bytes(range(256)) * 4096
over = _thread.allocate_lock()
over.acquire()
_thread.start_new_thread(server.write, (big,))
_thread.start_new_thread(client.write, (big,))
_thread.start_new_thread(lambda: (print(server.read(len(big)) == big), over.release()), ())
same = client.read(len(big)) == big
over.acquire()
print(same)

# Closing ends another thread's wait.
def wait():
    try:
        client.read(1)
    except OSError as e:
        print(e.args)
    over.release()


_thread.start_new_thread(wait, ())
client.close()
over.acquire()
print(server.read(), server.read(1))
server.close()

# A handshake of its own time, and a peer that goes without a word.
sock, client, server = pair()
server.write('last')
server.close()
print(client.read(10), client.read())
client.close()
