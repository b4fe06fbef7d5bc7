# cell: next takes one argument in 2021
# firmware: all
it = iter([1])
print(next(it))
try:
    print(next(it, 'end'))
except TypeError as e:
    print(e)
try:
    next(it)
except StopIteration as e:
    print(repr(e), e.value)
try:
    next(5)
except TypeError as e:
    print(e)


class Counting:
    def __next__(self):
        return 7


print(next(Counting()))
