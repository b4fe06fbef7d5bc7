# cell: uasyncio: task.cancel, CancelledError
# firmware: all
import uasyncio


async def work(name):
    try:
        print(name, 'begins')
        await uasyncio.sleep(10)
    except uasyncio.CancelledError:
        print(name, 'cancelled')
        raise
    finally:
        print(name, 'ends')


async def nested():
    await uasyncio.create_task(work('inner'))


async def stubborn():
    try:
        await uasyncio.sleep(10)
    except uasyncio.CancelledError:
        return 'stays'


async def joined(task):
    try:
        return await task
    except uasyncio.CancelledError:
        return 'CancelledError'


async def main():
    task = uasyncio.create_task(work('a'))
    await uasyncio.sleep_ms(1)
    print(task.cancel(), await joined(task), task.done(), task.cancel())
    task = uasyncio.create_task(work('never begun'))
    print(task.cancel(), await joined(task))
    task = uasyncio.create_task(nested())
    await uasyncio.sleep_ms(20)
    print(task.cancel(), await joined(task))
    task = uasyncio.create_task(stubborn())
    await uasyncio.sleep_ms(1)
    print(task.cancel(), await joined(task))
    try:
        uasyncio.current_task().cancel()
    except RuntimeError as e:
        print(e)


uasyncio.run(main())
print(issubclass(uasyncio.CancelledError, BaseException), issubclass(uasyncio.CancelledError, Exception))
