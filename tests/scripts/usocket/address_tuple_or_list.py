# cell: An address is a tuple or list of two
# firmware: all
import usocket
from usr.support import bound, listening

server, port = listening()
client = usocket.socket()
client.connect(['127.0.0.1', port])
print(type(server.accept()[0]) is usocket.socket)
receiver, port = bound(usocket.SOCK_DGRAM)
sender = usocket.socket(usocket.AF_INET, usocket.SOCK_DGRAM)
sender.bind(['127.0.0.1', 0])
print(sender.sendto(b'1', ['127.0.0.1', port]), receiver.recv(5))
