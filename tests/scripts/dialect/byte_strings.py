# cell: a str is bytes in generation 1: widths, chr, methods of both
# firmware: 2021
import ujson


def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__ + ':', e)


def raw(f):
    t(lambda: f().encode())


raw(lambda: '{:5}|{:>4}|'.format('é', 'é'))
raw(lambda: '%4s|%.1s|%c' % ('é', 'éa', 'a'))
t(lambda: chr(256).encode())
t(lambda: chr(-1))
raw(lambda: ujson.loads(b'"\xff"'))
t(lambda: ('é'.decode() == 'é', b'\xff'.encode()))

# Letters, digits and blanks are ASCII's.
t(lambda: ('É'.lower() == 'É', 'é'.upper() == 'é', 'aÉ'.upper() == 'AÉ', 'é'.isalpha(), 'éA'.isupper(), 'é'.islower()))
t(lambda: ('\xb2'.isdigit(), '\xa0'.isspace(), '\xa0a\x85'.strip() == '\xa0a\x85', ' é\t'.strip() == 'é'))
t(lambda: ('é\xa0 b  '.split() == ['é\xa0', 'b'], ' é b c '.split(None, 1) == ['é', 'b c '], 'aéb'.split('é')))
# As a display of a vendor's demo takes its characters.
FONT = {'移': 1, '远': 2}
text = '移远'
t(lambda: [FONT[text[i * 3:i * 3 + 3]] for i in range(int(len(text) / 3))])
raw(lambda: b'%s %d'.decode() % ('é', 1))
