# cell: array: an array that a memoryview holds keeps its length
# firmware: all
from array import array

a = array('b', [1, 2, 3])
m = memoryview(a)
for change in (lambda: a.append(1), lambda: a.extend(a), lambda: a.extend(m)):
    try:
        change()
    except Exception as e:
        print(e)
a[0] = 9
print(m[0], a)
