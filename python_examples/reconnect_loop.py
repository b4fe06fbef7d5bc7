# Keeps a connection alive: watches getsocketsta() and connects again when the server has gone.
#
# The server here hangs up after each answer, so that there is something to watch.
# stderr:
import _thread
import dataCall
import usocket
import utime

PORT = 7200
ESTABLISHED = 4
CLOSE_WAIT = 7

address = dataCall.getInfo(1, 0)[2][2]
server = usocket.socket()
server.bind((address, PORT))
server.listen(1)


def serve(times):
    for i in range(times):
        connection = server.accept()[0]
        connection.recv(100)
        connection.send('answer {}'.format(i + 1))
        connection.close()


def connect():
    # TCP_CUSTOMIZE_PORT makes a socket whose state can be asked for.
    sock = usocket.socket(usocket.AF_INET, usocket.SOCK_STREAM, usocket.TCP_CUSTOMIZE_PORT)
    sock.connect((address, PORT))
    print('connected:', sock.getsocketsta() == ESTABLISHED)
    return sock


_thread.start_new_thread(serve, (3,))
sock = connect()
for attempt in range(3):
    sock.send('question')
    print(sock.recv(100).decode())
    while sock.getsocketsta() == ESTABLISHED:
        utime.sleep_ms(1)
    print('the server has hung up:', sock.getsocketsta() == CLOSE_WAIT)
    sock.close()
    if attempt < 2:
        sock = connect()
