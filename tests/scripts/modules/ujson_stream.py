# cell: ujson.dump(obj, stream), load(stream): the whole stream to the end
# firmware: all
import ujson
from usr.support import kind, pair

server, client = pair()
print(ujson.dump({'a': [1, 2]}, client))
client.close()
print(ujson.load(server))
server, client = pair()
client.write('[1] x')
client.close()
print(kind(ujson.load, server))
print(kind(ujson.dump, 1, 5) in ('OSError', 'AttributeError'))
print(kind(ujson.load, 5) in ('OSError', 'AttributeError'))
