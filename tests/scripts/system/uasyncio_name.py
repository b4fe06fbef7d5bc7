# cell: asyncio, another name of uasyncio
# firmware: all
import asyncio
import uasyncio
print(asyncio is uasyncio or asyncio.run is uasyncio.run)
