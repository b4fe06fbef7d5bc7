# cell: Addresses of a simulated module: recvfrom, ports under 1024
# firmware: all
# stderr:
import usocket

server = usocket.socket(usocket.AF_INET, usocket.SOCK_DGRAM)
server.bind(('10.73.21.6', 1011))
client = usocket.socket(usocket.AF_INET, usocket.SOCK_DGRAM)
client.bind(('10.73.21.6', 1012))
client.sendto(b'ping', ('10.73.21.6', 1011))
data, address = server.recvfrom(10)
print(data, address)
server.sendto(b'pong', address)
print(client.recvfrom(10))
