# cell: line_ends
# A line ends with LF, CR or both, in a string too.
exec("x = '''a\r\nb\rc'''\r\nprint(repr(x))\rprint(2)\nif x:\r\n\tprint(3)\r\n")
exec("print('a\\\r\nb')")
