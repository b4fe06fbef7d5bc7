# cell: uasyncio: Event
# firmware: all
import uasyncio


async def wait(event, name):
    print(name, await event.wait())


async def main():
    event = uasyncio.Event()
    print(event.is_set())
    tasks = [uasyncio.create_task(wait(event, name)) for name in 'abc']
    await uasyncio.sleep_ms(1)
    tasks[1].cancel()
    event.set()
    print(event.is_set())
    await uasyncio.gather(*tasks, return_exceptions=True)
    print(await event.wait())
    event.clear()
    print(event.is_set())


uasyncio.run(main())
