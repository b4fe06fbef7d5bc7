# cell: uasyncio: get_event_loop: create_task, run_forever, run_until_complete, stop
# firmware: all
import uasyncio

loop = uasyncio.get_event_loop()


async def tick():
    for i in range(3):
        print('tick', i)
        await uasyncio.sleep_ms(2)
    loop.stop()
    await uasyncio.sleep_ms(2)
    print('after stop')


async def value():
    return 7


loop.create_task(tick())
print(loop.run_until_complete(value()))
loop.run_forever()
print('stopped')
