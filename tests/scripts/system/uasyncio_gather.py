# cell: uasyncio: gather
# firmware: all
import uasyncio


async def work(ms):
    try:
        await uasyncio.sleep_ms(ms)
    except uasyncio.CancelledError:
        print('cancelled', ms)
        raise
    return ms


async def fail():
    raise ValueError('one failed')


async def main():
    print(await uasyncio.gather(work(20), work(10), uasyncio.create_task(work(1))))
    print(await uasyncio.gather())
    results = await uasyncio.gather(work(1), fail(), return_exceptions=True)
    print(results[0], type(results[1]), results[1])
    other = uasyncio.create_task(work(5))
    try:
        await uasyncio.gather(other, fail())
    except ValueError as e:
        print(e, other.done())
    print(await other)
    both = uasyncio.create_task(uasyncio.gather(work(1000), work(2000)))
    await uasyncio.sleep_ms(20)
    both.cancel()
    try:
        await both
    except uasyncio.CancelledError:
        print('gather was cancelled')


uasyncio.run(main())
