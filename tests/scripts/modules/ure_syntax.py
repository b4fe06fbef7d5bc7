# cell: ure: what patterns mean; braces and unknown escapes are literals; unsupported forms: ValueError
# firmware: documented 2021 2025 micropython
import ure


def groups(match):
    found = []
    while True:
        try:
            found.append(match.group(len(found)))
        except IndexError:
            return found


def show(pattern, text):
    try:
        match = ure.match(pattern, text)
    except ValueError:
        match = 'ValueError'
    else:
        match = match and groups(match)
    print(repr(pattern), repr(text), match)


for pattern, text in (
    ('a{2}', 'aa'), ('a{2}', 'a{2}'), ('a{', 'a{'), (r'\bfoo', 'bfoo'), (r'a\nb', 'anb'), (r'\.', '.'),
    ('[]a]', 'a'), ('[^]', 'a'), ('[]', 'a'), ('[a]]', 'a]'), (r'[\]a]+', ']a'), ('[^^]', '^'),
    (r'[\d-x]+', '1-x5'), (r'[a\-z]+', 'a-z'), ('[-a]+', '-a'), ('[a-]+', 'a-'), ('[z-a]', 'b'), (r'[a-\d]', 'b'),
    (r'\D\S\W', 'a- '), (r'[^\d]+', 'abc1'), (r'[\s]', ' '), (r'\d+\w*\s?', '12ab '),
    ('(?:ab)+', 'abab'), ('a|b|c', 'c'), ('|a', 'a'), ('()', 'a'), ('(a)|(b)', 'b'), ('((a)|b)*', 'ab'), ('(|b)c', 'c'),
    ('a??', 'a'), ('a+?', 'aaa'), ('(a+?)(a*)', 'aaa'), ('x*', 'aaa'), ('(a*?)$', 'aa'),
    ('.', '\n'), ('a$', 'a\n'), ('a$', 'a'), ('^^a', 'a'), ('$$', ''), ('(.*),(.*)', 'a,b,c'),
    ('[a-', 'a'), ('[a-z', 'a'), ('[\\', 'a'), ('(a', 'a'), ('a)', 'a'), ('*', 'a'), ('a**', 'a'), ('^*', 'a'),
    ('a|*', 'a'), ('(*a)', 'a'), ('(?a)', 'a'), ('a\\', 'a'), ('(?P<n>a)', 'a'), ('(?=a)', 'a'), ('(?i)a', 'a'), ('+', 'a'),
):
    show(pattern, text)
