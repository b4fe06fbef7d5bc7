# cell: rsplit(None, n), keywords of str and bytes, views of dicts, pairs for dict
# firmware: all
for source in ["'a b c'.rsplit(None, 1)", "'a b c'.rsplit(None)", "b'a b'.rsplit(None, 1)", "'a b c'.split(None, 1)",
               "str(b'abc', encoding='utf8')", "bytes('abc', encoding='utf8')", "str('a', 'utf8')", "str(1, 'utf8')",
               "bytes(b'abc', 'utf8')", "{1: 2}.keys() & {1}", "{1: 2}.items() | set()", "1 in {1: 2}.keys()",
               "dict([1])", "dict([(1, 2, 3)])", "dict(['ab'])", "{}.update([1])", "dict([(1, 2)])"]:
    try:
        print(source, '->', eval(source))
    except Exception as e:
        print(source, '->', type(e).__name__, e)
