# cell: uasyncio: the exception of a task that nobody awaits
# firmware: all
# stderr: Task exception wasn't retrieved
# stderr: ValueError: unnoticed
import uasyncio


async def fail(text):
    raise ValueError(text)


def handler(loop, context):
    print(context['message'], context['exception'], type(context['future']) is uasyncio.Task)


async def others():
    for _ in range(5):
        await uasyncio.sleep_ms(0)


async def main():
    uasyncio.create_task(fail('unnoticed'))
    await others()
    loop = uasyncio.get_event_loop()
    loop.set_exception_handler(handler)
    uasyncio.create_task(fail('handled'))
    await others()
    loop.set_exception_handler(None)
    print('others are unaffected')


uasyncio.run(main())
