# A TCP server at the address that the network gave the module, and its client, in one script.
#
# A socket made with IPPROTO_TCP_SER gives a third part at accept: the peer's port.
# stderr:
import _thread
import dataCall
import usocket

PORT = 80

# (profile, type, [state, reconnect, address, dns, dns])
address = dataCall.getInfo(1, 0)[2][2]

server = usocket.socket(usocket.AF_INET, usocket.SOCK_STREAM, usocket.IPPROTO_TCP_SER)
server.bind((address, PORT))
server.listen(5)
finished = _thread.allocate_lock()
finished.acquire()


def client():
    sock = usocket.socket(usocket.AF_INET, usocket.SOCK_STREAM, usocket.TCP_CUSTOMIZE_PORT)
    sock.bind((address, 0))
    sock.connect((address, PORT))
    sock.send('hello from the client')
    print('client received:', sock.recv(100).decode())
    sock.close()
    finished.release()


_thread.start_new_thread(client, ())
connection, ip, port = server.accept()
print('accepted from the module itself:', ip == address)
print('server received:', connection.recv(100).decode())
connection.send('hello from the server')
finished.acquire()
connection.close()
server.close()
