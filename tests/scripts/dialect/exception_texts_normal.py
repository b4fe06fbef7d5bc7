# cell: texts that are shorter on a module than where there is memory for more: functions are not named
# firmware: all
import usys


class B:
    def __init__(self, y):
        pass

    def method(self, x):
        pass


def f(a, b=2):
    pass


for text in '''f()
f(1, 2, 3)
B()
B(1, 2)
B(1).method()
B(1).method(1, 2)
int('x')
int('x', 16)
int('1.5')
1 + 'a'
'a' + 1
'a' + b'b'
usys.nope'''.split('\n'):
    try:
        print(text, '->', eval(text))
    except Exception as e:
        print(text, '->', type(e).__name__ + ':', e)
