# cell: await takes any generator, and what async with, async for and await call may be one
# firmware: all
def step(n):
    got = yield n
    return n + got


class Lines:
    def __init__(self, last):
        self.left = last

    def __aiter__(self):
        return self

    def __anext__(self):
        self.left -= 1
        if self.left < 0:
            raise StopAsyncIteration
        return (yield from step(self.left))


class Port:
    def __aenter__(self):
        return (yield from step(100))

    def __aexit__(self, kind, value, traceback):
        yield 'closing'


async def work():
    print('got', await step(1))
    async with Port() as port:
        print('port', port)
    async for line in Lines(2):
        print('line', line)
    return 'done'


task = work()
print(task.send(None))
try:
    while True:
        print(task.send(10))
except StopIteration as e:
    print(e.value)
