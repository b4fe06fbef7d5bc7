# cell: uasyncio: ThreadSafeFlag; StreamReader and StreamWriter of a stream of the script's own; run_until_complete
# firmware: all
import _thread
import uasyncio
import uio

flag = uasyncio.ThreadSafeFlag()


class Pipe(uio.IOBase):
    """What is written can be read."""

    def __init__(self):
        self.waiting = b''

    def ioctl(self, request, flags):
        if request == 3:
            return flags & ((1 if self.waiting else 0) | 4)
        return -1

    def read(self, n):
        part, self.waiting = self.waiting[:n], self.waiting[n:]
        return part

    def readline(self):
        end = self.waiting.find(b'\n') + 1
        return self.read(end or len(self.waiting))

    def write(self, data):
        # A part at a time.
        part = bytes(data)[:4]
        self.waiting += part
        return len(part)


async def write(pipe):
    writer = uasyncio.StreamWriter(pipe)
    writer.write(b'hello\nworld\n')
    await writer.drain()


async def main():
    _thread.start_new_thread(flag.set, ())
    await flag.wait()
    print('set', flag.state)
    flag.set()
    flag.clear()
    try:
        await uasyncio.wait_for_ms(flag.wait(), 1)
    except uasyncio.TimeoutError:
        print('cleared')

    pipe = Pipe()
    task = uasyncio.create_task(write(pipe))
    reader = uasyncio.StreamReader(pipe, {'name': 'pipe'})
    print(reader.get_extra_info('name'), await reader.readline(), await reader.readexactly(6))
    await task
    return 'result'


print(uasyncio.run_until_complete(uasyncio.create_task(main())))
