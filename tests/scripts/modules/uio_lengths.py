# cell: files: readinto(buf, n), write(data, n), write(data, from, n); the numbers of standard streams
# firmware: all
import uio
import usys

with open('/usr/.lengths', 'wb') as f:
    print(f.write(b'0123456789', 4), f.write(b'abcdef', 2, 3), f.write(b'xyz', -1), f.write(b'uvw', 9, 1))
with open('/usr/.lengths', 'rb') as f:
    buf = bytearray(6)
    print(f.readinto(buf, 3), buf, f.readinto(buf, 100), buf, f.readinto(buf), buf)
print(usys.stdin.fileno(), usys.stdout.fileno(), usys.stderr.fileno())
