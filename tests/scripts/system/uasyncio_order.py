# cell: uasyncio: order and cancellation: wait_for, Lock, gather, the range of sleep_ms
# firmware: all
import uasyncio


async def stubborn(name):
    try:
        await uasyncio.sleep(10)
    except uasyncio.CancelledError:
        print(name, 'cancelled')
        return name


async def named(name, aw):
    try:
        return await aw
    except uasyncio.CancelledError:
        print(name, 'cancelled')
        raise


async def started(log):
    log.append('started')
    await uasyncio.sleep(10)


async def holder(lock):
    async with lock:
        await uasyncio.sleep_ms(1)
    # The next has not yet taken it.
    print('locked', lock.locked())


async def next_holder(lock):
    await uasyncio.sleep_ms(0)
    async with lock:
        print('taken', lock.locked())


async def outcome(aw):
    try:
        return await aw
    except (Exception, uasyncio.CancelledError) as e:
        return type(e).__name__


async def main():
    # The waiting task is cancelled before the one that it waits for.
    task = uasyncio.create_task(named('outer', uasyncio.wait_for(stubborn('inner'), 5)))
    await uasyncio.sleep_ms(1)
    task.cancel()
    print(await outcome(task))
    # A limit of no time: the task begins nevertheless.
    log = []
    print(await outcome(uasyncio.wait_for_ms(started(log), 0)), log)
    lock = uasyncio.Lock()
    await uasyncio.gather(holder(lock), next_holder(lock))
    # A task that somebody awaits cannot be gathered as well.
    task = uasyncio.create_task(stubborn('gathered'))
    waiting = uasyncio.create_task(outcome(task))
    await uasyncio.sleep_ms(0)
    print(await outcome(uasyncio.gather(task)))
    task.cancel()
    print(await waiting)
    try:
        await uasyncio.sleep_ms(1 << 29)
    except OverflowError:
        print('OverflowError')


uasyncio.run(main())
