# cell: uasyncio: wait_for, wait_for_ms, TimeoutError
# firmware: all
import uasyncio


async def work(ms):
    try:
        await uasyncio.sleep_ms(ms)
        return ms
    except uasyncio.CancelledError:
        print('cancelled')
        raise


async def fail():
    raise ValueError('inside')


async def stubborn():
    try:
        await uasyncio.sleep(10)
    except uasyncio.CancelledError:
        return 'late'


async def attempt(aw):
    try:
        print(await aw)
    except (uasyncio.TimeoutError, uasyncio.CancelledError, ValueError) as e:
        print(type(e).__name__, e)


async def main():
    await attempt(uasyncio.wait_for(work(1), 5))
    await attempt(uasyncio.wait_for(work(1), None))
    await attempt(uasyncio.wait_for(work(10000), 0.01))
    await attempt(uasyncio.wait_for_ms(work(10000), 10))
    await attempt(uasyncio.wait_for_ms(uasyncio.create_task(work(10000)), 10))
    await attempt(uasyncio.wait_for_ms(fail(), 1000))
    await attempt(uasyncio.wait_for_ms(stubborn(), 10))
    await attempt(uasyncio.wait_for_ms(uasyncio.Event().wait(), 10))
    outer = uasyncio.create_task(uasyncio.wait_for(work(10000), 10))
    await uasyncio.sleep_ms(20)
    outer.cancel()
    await attempt(outer)


uasyncio.run(main())
print(issubclass(uasyncio.TimeoutError, Exception))
