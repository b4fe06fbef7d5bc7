# cell: sets
# Sets of constants, also in code that is never called.
def never():
    return {1, 2, 3}, 'a' in {'a', 'b', 'c'}


print(sorted({3, 1, 2}), 2 in {1, 2}, 'x' in {'a', 'b'}, (1, 2) in {(1, 2), 3})
total = 0
for i in {1, 2, 4}:
    total += i
print(total, len({1, 1.0, True}), len({b'a', 'a', None, ...}))
print([x for x in [1, 5, 9] if x not in {5}], {1, 2} | {3}, type({1, 2}))
print(eval('{1, 2, 3}') == {3, 2, 1}, eval('5 in {4, 5}'))
exec('print(len({1, 2, 3, 4}))')
s = {1, 2, 3}
s.add(4)
print(len(s), len({1, 2, 3}))
try:
    [] in {1, 2}
except TypeError as e:
    print('TypeError')
