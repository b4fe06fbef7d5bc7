# cell: repr of a text escapes what is not ASCII; printing it does not
# firmware: all
text = '中é\x7f\n\t\\\'"😀'
print(repr(text))
print([text, {text: (text,)}])
print("it's", ["it's", 'say "a"', 'plain'])
print(b'\xe4\xb8\xad')
print('中')
print('%r %s' % ('中', '中'), '{!r} {}'.format('中', '中'))
print(repr(ValueError('中')), ValueError('中'))
