# cell: dataCall, a server at the module's own address, port 80
# firmware: all
# stderr:
import _thread, dataCall, usocket
address = dataCall.getInfo(1, 0)[2][2]
server = usocket.socket()
server.bind((address, 80))
server.listen(5)
done = _thread.allocate_lock()
done.acquire()

def client():
    s = usocket.socket()
    s.connect((address, 80))
    s.send('ping')
    print('client', s.recv(10))
    done.release()

_thread.start_new_thread(client, ())
conn = server.accept()[0]
print(conn.recv(10))
conn.send('pong')
done.acquire()
