# cell: functions take no attributes
# firmware: all
def f():
    pass


for target in (f, lambda: 0, len):
    try:
        target.x = 1
        print('set')
    except AttributeError as e:
        print(e)
    print(hasattr(target, 'x'))
print(f.__name__)
