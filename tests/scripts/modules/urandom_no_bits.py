# cell: urandom.getrandbits(0): 0, in generation 1 ValueError
# firmware: 2021 2025
import urandom
from usr.support import kind

print(kind(urandom.getrandbits, 0), kind(urandom.getrandbits, 32) >= 0)
