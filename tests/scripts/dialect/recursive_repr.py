# cell: what contains itself cannot be printed
# firmware: all
items = [1]
items.append(items)
names = {'a': 1}
names['self'] = names
deep = [[(items,)]]
for thing in (items, names, deep):
    try:
        print(len(repr(thing)))
    except RuntimeError as e:
        print('RuntimeError', e)
same = [1]
print([same, same], {1: [same, same]})
