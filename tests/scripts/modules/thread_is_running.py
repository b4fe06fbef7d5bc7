# cell: _thread.threadIsRunning(id): bool; absent in generation 1; False for unknown ids
# firmware: 2021 2025 2026
import _thread
from usr.support import kind, pair

server, client = pair()
number = _thread.start_new_thread(server.read, (1,))
print(kind(lambda: _thread.threadIsRunning(number)))
print(kind(lambda: _thread.threadIsRunning(123456789)))
client.send(b'x')
