# cell: Addresses of a simulated module: otherwise an ephemeral port, and one line on stderr tells which
# stderr: the module's port
import usocket
from usr.support import bound, listening

# The host has the number already: the module's own port of that number is another.
host, port = listening()
module = usocket.socket()
module.bind(('10.73.21.6', port))
module.listen(1)
for text, address in (('to the host', '127.0.0.1'), ('to the module', '10.73.21.6')):
    client = usocket.socket()
    client.connect((address, port))
    client.send(text)
print(host.accept()[0].recv(20))
print(module.accept()[0].recv(20))
