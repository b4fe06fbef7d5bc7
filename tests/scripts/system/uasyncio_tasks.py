# cell: uasyncio: run, create_task, sleep, sleep_ms, current_task, tasks that are awaited
# firmware: all
import uasyncio


async def work(name, ms):
    await uasyncio.sleep_ms(ms)
    print(name)
    return name * 2


async def fail():
    raise ValueError('in a task')


async def main():
    tasks = [uasyncio.create_task(work(name, ms)) for name, ms in (('c', 60), ('a', 1), ('b', 30))]
    print(await tasks[0], [task.done() for task in tasks])
    print(await tasks[1], await tasks[1])
    print(await work('direct', 0))
    await uasyncio.sleep(0.001)
    task = uasyncio.create_task(fail())
    try:
        await task
    except ValueError as e:
        print(e, task.done())
    print(uasyncio.current_task() is mine[0])
    return 'result'


async def outer():
    mine.append(uasyncio.current_task())
    return await main()


mine = []
print(uasyncio.run(outer()))
try:
    uasyncio.run(fail())
except ValueError as e:
    print(e)
try:
    uasyncio.create_task(fail)
except TypeError as e:
    print(e)
