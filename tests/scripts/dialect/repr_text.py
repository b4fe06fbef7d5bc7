# cell: repr of a text escapes what is not ASCII; printing it does not
# firmware: all
text = '\u4e2d\xe9\x7f\n\t\\\'"\U0001f600'
print(repr(text))
print([text, {text: (text,)}])
print("it's", ["it's", 'say "a"', 'plain'])
print(b'\xe4\xb8\xad')
print('\u4e2d')
print('%r %s' % ('\u4e2d', '\u4e2d'), '{!r} {}'.format('\u4e2d', '\u4e2d'))
print(repr(ValueError('\u4e2d')), ValueError('\u4e2d'))
