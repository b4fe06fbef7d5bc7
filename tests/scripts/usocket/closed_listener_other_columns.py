# cell: The guide's server listing: every other column: OSError(9)
# firmware: 2021 2025 2026 micropython
from usr.support import listening, number

server, port = listening()
server.close()
print(number(server.accept))
