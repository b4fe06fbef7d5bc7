# cell: ubinascii.b2a_base64: keyword newline, generation 2 on
# firmware: 2021 2025 micropython
import ubinascii
from usr.support import kind

print(kind(lambda: ubinascii.b2a_base64(b'a', newline=False)), kind(lambda: ubinascii.b2a_base64(b'a', newline=True)))
print(kind(lambda: ubinascii.b2a_base64(b'a', end=False)), kind(ubinascii.b2a_base64, b'a', False))
