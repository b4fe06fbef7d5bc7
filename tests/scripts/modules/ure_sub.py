# cell: ure.sub(pattern, replacement, text[, count]); absent in generation 1
# firmware: documented 2021 2025 micropython
import ure

a = ure.compile('a')
print(hasattr(ure, 'sub'), hasattr(a, 'sub'))
if hasattr(ure, 'sub'):
    print(ure.sub('a', 'b', 'caat'), ure.sub('a', 'b', 'caat', 1), ure.sub('^a', 'b', 'aaa'), ure.sub('x', 'y', 'abc'))
    print(ure.sub('(a)(t)', r'\2\1', 'caat'), ure.sub('(a)', r'<\g<1>\g<0>>', 'ca'), ure.sub('(a)|b', r'[\1]', 'ab'))
    print(ure.sub('a', lambda m: m.group(0) * 2, 'cac'), ure.sub(b'a', b'b', b'cac'), a.sub('b', 'aa', 1))
    print(ure.sub('a', r'\n\\', 'a'), ure.sub('x*', '-', 'ab'), ure.sub('$', 'x', 'ab'))
    for replacement in (r'\5', r'\10', r'\g<3>'):
        try:
            ure.sub('(a)', replacement, 'a')
        except IndexError as e:
            print('IndexError', e.args)
    for wrong in (5, lambda m: 5):
        try:
            ure.sub('a', wrong, 'a')
        except TypeError:
            print('TypeError')
