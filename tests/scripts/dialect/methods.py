# cell: methods of built-in types that a module does not have
# firmware: all
for value, names in (
    ('', '''capitalize casefold center count encode endswith expandtabs find format format_map index isalnum isalpha
isascii isdecimal isdigit isidentifier islower isnumeric isprintable isspace istitle isupper join ljust lower lstrip
partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip split splitlines startswith strip
swapcase title translate upper zfill'''),
    (b'', 'center decode find format fromhex hex isalnum join ljust partition splitlines strip title translate zfill'),
    (bytearray(), 'append clear copy decode extend fromhex hex insert pop remove reverse zfill'),
    (1, 'bit_count bit_length from_bytes to_bytes as_integer_ratio is_integer'),
    (1.0, 'is_integer hex fromhex as_integer_ratio'),
    ({}, 'clear copy fromkeys get items keys pop popitem setdefault update values'),
    ([], 'append clear copy count extend index insert pop remove reverse sort'),
    (memoryview(b''), 'cast tobytes tolist'),
):
    print(type(value).__name__, [name for name in names.split() if hasattr(value, name)])
    print(type(value).__name__, [name for name in names.split() if hasattr(type(value), name)])
try:
    'a'.zfill(3)
except AttributeError as e:
    print(e)
try:
    print('a'.center(3), 'a=b'.partition('='), b'\x01'.hex(), bytes.fromhex('01'), dict.fromkeys([1]))
except AttributeError as e:
    print(e)
