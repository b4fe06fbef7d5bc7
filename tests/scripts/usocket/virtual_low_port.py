# cell: Addresses of a simulated module: ports under 1024
# firmware: all
# stderr:
import usocket

# Who may open port 1009 gets it, others any port of the host: the script sees the same.
server = usocket.socket()
server.bind(('', 1009))
server.listen(5)
for host in ('10.73.21.6', '127.0.0.1'):
    client = usocket.socket()
    client.connect((host, 1009))
    client.send(b'low')
    print(server.accept()[0].recv(10))
    client.close()
