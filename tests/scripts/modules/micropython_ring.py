# cell: micropython.RingIO: a fixed room; what does not fit is not taken; streams of asyncio
# firmware: micropython
import asyncio
import micropython

ring = micropython.RingIO(8)
print(ring, ring.any(), ring.read(), ring.readline())
print(ring.write(b'ab\ncdefghij'), ring.any(), ring.write(b'x'), ring.readline(), ring.read(2), ring.read())
buf = bytearray(4)
print(ring.write(b'0123456'), ring.readinto(buf), buf, ring.readinto(buf, 1), buf, ring.any())
ring = micropython.RingIO(bytearray(4))
print(ring.write(b'abcdef'), ring.read(), ring.close())
for wrong in (None, 0, 70000, bytearray(1), 'text'):
    try:
        print(micropython.RingIO(wrong))
    except (TypeError, ValueError) as e:
        print(type(e).__name__)


async def main():
    ring = micropython.RingIO(4)
    writer, reader = asyncio.StreamWriter(ring), asyncio.StreamReader(ring)

    async def send():
        writer.write(b'a line that is longer\n')
        await writer.drain()

    task = asyncio.create_task(send())
    print(await reader.readline())
    await task


asyncio.run(main())
