# What the scripts of this folder share.
import uasyncio


async def serve(callback):
    """A server at a free port of this computer, and the port."""
    # Where an object lies is another number in every run: scripts that run together start apart.
    port = 20000 + id([]) // 64 % 12000
    while True:
        try:
            return await uasyncio.start_server(callback, '127.0.0.1', port), port
        except OSError:
            port += 1
