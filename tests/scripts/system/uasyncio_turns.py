# cell: uasyncio: tasks take turns
# firmware: all
import uasyncio


async def count(name):
    for i in range(3):
        print(name, i)
        await uasyncio.sleep_ms(0)


async def main():
    await uasyncio.gather(count('a'), count('b'), count('c'))


uasyncio.run(main())
