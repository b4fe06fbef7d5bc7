# cell: what the interpreter says in its own exceptions: class, text, arguments
# firmware: all
class A:
    pass


class B:
    def method(self, x):
        pass


def f(a, b=2):
    pass


def keyword(*, q):
    pass


def unbound():
    print(later)
    later = 1


def deleted():
    x = 1
    del x
    return x


def unpack(value):
    a, b = value


def set_item(value):
    value[0] = 1


def delete_attribute():
    del A().x


def set_attribute():
    (1).x = 1


def augmented(x, y):
    x -= y


def deep():
    deep()


def importing():
    from utime import nothing


def loop(over):
    for _ in over:
        pass


def give(generator):
    generator.send(1)


def generator():
    yield


def fail():
    assert 0, 'asserted'


for text in '''absent
unbound()
deleted()
1 / 0
1 // 0
1 % 0
1.0 / 0
divmod(1, 0)
__import__('nope')
importing()
float('x')
int(None)
int([])
float(None)
len(5)
iter(5)
list(None)
loop(None)
None()
A()()
f(1, q=2)
f(1, a=2)
keyword()
keyword(q=1, r=2)
[].nope
None.nope
A().nope
A.nope
f.nope
set_attribute()
delete_attribute()
[] + 1
None + 1
1 - 'a'
{} + {}
-'a'
~'a'
1 < 'a'
None < 1
(1,) + [1]
augmented('a', 1)
[1][5]
(1,)[5]
'a'[5]
b'a'[5]
[][0]
{}['k']
{}[1]
[1]['a']
'a'['a']
(1,)['a']
None[0]
[].pop()
[1].pop(4)
{}.pop('x')
{}.popitem()
set().pop()
[].remove(1)
[].index(1)
'a'.index('b')
set().remove(1)
''.join([1])
'%d' % 'a'
'%d' % ()
'%s' % (1, 2)
'%s %s' % (1,)
'%q' % 3
'{}'.format()
'{:d}'.format('a')
'{a}'.format()
'{} {0}'.format(1)
ord('ab')
bytes('a')
bytes([256])
hash([])
{[]: 1}
max([])
range(1, 2, 0)
range('a')
abs('a')
len()
len(1, 2)
[].append()
getattr(1)
bool(1, 2)
int(float('inf'))
int(float('nan'))
1 << -1
object().x
deep()
unpack((1, 2, 3))
unpack([1])
unpack(())
unpack('abc')
unpack(5)
set_item((1,))
set_item('a')
set_item([])
give(generator())
fail()
print(1, flush=True)
next(5)
isinstance(1, 2)
'a'.split(1)
'a'.startswith(1)
'a' in 5
5 in 'a'
[1, 2, 3][1:2:0]
print.nope'''.split('\n'):
    try:
        print(text, '->', eval(text))
    except Exception as e:
        print(text, '->', type(e).__name__ + ':', e, e.args == (str(e),))
