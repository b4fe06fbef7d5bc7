# cell: uasyncio: a server whose task is cancelled closes its listening socket
# firmware: all
import uasyncio
from usr.support import serve


async def hello(reader, writer):
    writer.write(b'hello')
    await writer.drain()
    await writer.wait_closed()


async def ask(port):
    reader, writer = await uasyncio.open_connection('127.0.0.1', port)
    print(await reader.read())
    await writer.wait_closed()


async def main():
    server, port = await serve(hello)
    waiting = uasyncio.create_task(server.wait_closed())
    await ask(port)
    waiting.cancel()
    try:
        await waiting
    except uasyncio.CancelledError:
        print('cancelled')
    server = await uasyncio.start_server(hello, '127.0.0.1', port)
    await ask(port)
    server.close()
    await server.wait_closed()
    async with await uasyncio.start_server(hello, '127.0.0.1', port):
        await ask(port)


uasyncio.run(main())
