# cell: Timeouts: send, sendall, write
# firmware: all
from usr.support import pair


def until_error(call):
    while True:
        try:
            call(b'x' * 1000000)
        except OSError as e:
            return e.args[0]


for name in ('send', 'sendall', 'write'):
    server, client = pair()
    client.settimeout(0.02)
    print(name, until_error(getattr(client, name)))
