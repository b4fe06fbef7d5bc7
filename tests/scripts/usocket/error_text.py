# cell: str(e), e.args, e.errno, type(e)
# firmware: all
from usr.support import listening

server, port = listening()
server.settimeout(0.01)
try:
    server.accept()
except OSError as e:
    print(e)
    print(str(e) == '[Errno 110] ETIMEDOUT', e.args, e.args[0], getattr(e, 'errno', 'no errno'), type(e) is OSError)
