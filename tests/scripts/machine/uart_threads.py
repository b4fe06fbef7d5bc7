# firmware: documented
# options: --uart 2:loop
# cell: UART: two threads
import _thread
from machine import UART

u = UART(2, 115200, 8, 0, 1, 0)
done = []


def write(byte):
    for _ in range(200):
        u.write(byte * 10)
    done.append(byte)


_thread.start_new_thread(write, (b'a',))
_thread.start_new_thread(write, (b'b',))
got = b''
while len(got) < 4000:
    got += u.read()
print(got.count(b'a'), got.count(b'b'), sorted(set(len(p) % 10 for p in got.replace(b'ab', b'a b').split(b' '))))
