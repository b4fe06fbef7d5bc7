# cell: Addresses of a simulated module: the module's address and a port under 1024; a server may close and come again
# firmware: all
# stderr:
import usocket

for i in range(3):
    server = usocket.socket()
    server.bind(('10.73.21.6', 1010))
    server.listen(1)
    client = usocket.socket()
    client.connect(('10.73.21.6', 1010))
    end = server.accept()[0]
    client.send('round %d' % i)
    print(end.recv(10))
    client.close()
    end.read()
    end.close()
    server.close()
