# cell: select: lists and tuples only
import uselect


class Endless:
    def __iter__(self):
        return self

    def __next__(self):
        return 1


for other in ('', b'', (i for i in ()), {}, None, Endless()):
    for place in range(3):
        lists = [[], [], []]
        lists[place] = other
        try:
            print(uselect.select(lists[0], lists[1], lists[2], 0))
        except TypeError as e:
            print(e)
print(uselect.select([], (), [], 0))
