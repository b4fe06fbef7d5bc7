# cell: nothing is no target; decorators that the compiler does not know; del of a shared variable without value
# firmware: all
for source in ('() = []', 'del ()', 'del []', 'for () in []: pass', '(a, ()) = 1, 2', '[] = ()',
               '@micropython.fast\ndef f(): pass', '@micropython.native.fast\ndef f(): pass', '@micropython\ndef f(): pass'):
    try:
        exec(source)
        print('fine', source)
    except SyntaxError as e:
        print(e)


def outer():
    x = 1

    def gone():
        nonlocal x
        try:
            del x
            print('deleted')
        except NameError:
            print('NameError')

    gone()
    gone()


outer()
exec('print(1)', None, None)
names = {}
exec('a = 2', None, names)
exec('b = 3', {}, names)
print(names == {'a': 2, 'b': 3})
