# cell: uasyncio: what readers return at the end of the stream; cancelled and closed reads; who calls
# firmware: all
import uasyncio
from usr.support import serve


async def attempt(aw):
    try:
        return await aw
    except (Exception, uasyncio.CancelledError) as e:
        return type(e).__name__


async def caller(reader, writer):
    print(len(writer.get_extra_info('peername')), writer.get_extra_info('peername')[0])
    writer.write(b'line\nno line end')
    await writer.drain()
    # close() alone leaves the connection open, as MicroPython's does.
    writer.close()
    await writer.wait_closed()


async def ends(port):
    reader, writer = await uasyncio.open_connection('127.0.0.1', port)
    print(await reader.readline(), await reader.readline(), await reader.readline(), await reader.read())
    await writer.wait_closed()
    reader, writer = await uasyncio.open_connection('127.0.0.1', port)
    print(await reader.read(), await attempt(reader.readexactly(1)))
    await writer.wait_closed()
    reader, writer = await uasyncio.open_connection('127.0.0.1', port)
    buf = bytearray(4)
    print(await reader.readinto(buf), buf)
    await writer.wait_closed()


async def hold(reader, writer):
    await reader.read()
    await writer.wait_closed()


async def waits(port):
    reader, writer = await uasyncio.open_connection('127.0.0.1', port)
    print(await attempt(uasyncio.wait_for_ms(reader.read(1), 10)))
    task = uasyncio.create_task(attempt(reader.readline()))
    await uasyncio.sleep_ms(1)
    await writer.wait_closed()
    print(await task)


async def main():
    for callback, client in ((caller, ends), (hold, waits)):
        server, port = await serve(callback)
        async with server:
            await client(port)


uasyncio.run(main())
