# cell: _thread.stop_thread(id): 0; kills at once; ValueError
# firmware: all
import _thread
from usr.support import pair

server, client = pair()
# Nobody waits for ever should it not be stopped.
server.settimeout(1)


def work():
    server.recv(1)
    print('never')


def error(number):
    try:
        return _thread.stop_thread(number)
    except ValueError as e:
        return str(e)


number = _thread.start_new_thread(work, ())
print(_thread.stop_thread(number))
print(error(number) == 'No thread with thread id %d was found!' % number)
client.send(b'x')
print(error(0))
