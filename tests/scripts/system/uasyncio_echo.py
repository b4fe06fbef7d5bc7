# cell: uasyncio: start_server, open_connection, StreamReader, StreamWriter
# firmware: all
import uasyncio
from usr.support import serve

PAYLOAD = bytes(range(256)) * 1000


async def echo(reader, writer):
    while True:
        data = await reader.read(4096)
        if not data:
            break
        writer.write(data)
        await writer.drain()
    writer.close()
    await writer.wait_closed()


async def client(port, name):
    reader, writer = await uasyncio.open_connection('127.0.0.1', port)
    writer.write(name + '\nrest')
    await writer.drain()
    line = await reader.readline()
    rest = await reader.readexactly(4)
    writer.close()
    await writer.wait_closed()
    return line, rest


async def receive(reader, count):
    return await reader.readexactly(count)


async def large(port):
    reader, writer = await uasyncio.open_connection('127.0.0.1', port)
    received = uasyncio.create_task(receive(reader, len(PAYLOAD)))
    writer.write(PAYLOAD)
    await writer.drain()
    print('much', await received == PAYLOAD)
    await writer.wait_closed()


async def main():
    server, port = await serve(echo)
    for result in await uasyncio.gather(*[client(port, name) for name in ('one', 'two', 'three')]):
        print(result)
    await large(port)
    server.close()
    await server.wait_closed()
    # A connection that is refused says so when it is used.
    reader, _writer = await uasyncio.open_connection('127.0.0.1', port)
    try:
        await reader.read(1)
    except OSError:
        print('closed')


uasyncio.run(main())
