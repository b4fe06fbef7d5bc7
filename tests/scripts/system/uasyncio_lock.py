# cell: uasyncio: Lock
# firmware: all
import uasyncio


async def work(lock, name):
    async with lock:
        print(name, 'has it', lock.locked())
        await uasyncio.sleep_ms(1)
    print(name, 'gave it')


async def main():
    lock = uasyncio.Lock()
    try:
        lock.release()
    except RuntimeError as e:
        print(e)
    print(lock.locked(), await lock.acquire(), lock.locked())
    tasks = [uasyncio.create_task(work(lock, name)) for name in 'abcd']
    await uasyncio.sleep_ms(1)
    # One is cancelled while it waits, one when the lock has just been handed to it.
    tasks[1].cancel()
    lock.release()
    tasks[0].cancel()
    await uasyncio.gather(*tasks, return_exceptions=True)
    print(lock.locked())


uasyncio.run(main())
