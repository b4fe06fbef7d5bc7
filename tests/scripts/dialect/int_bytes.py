# cell: int.to_bytes, int.from_bytes
# firmware: all
for source in ["int.from_bytes(b'\\x01\\x02')", "int.from_bytes(b'\\x01\\x02', 'little')",
               "int.from_bytes(b'\\xff\\xff', 'big', True)", "int.from_bytes(b'\\xff', 'big', signed=True)",
               "int.from_bytes(bytearray(b'ab'), 'x')", "int.from_bytes([1, 2], 'big')",
               "int.from_bytes('ab', 'big')", "int.from_bytes()", "int.from_bytes(b'', 1, 2, 3)",
               "int.from_bytes(bytes(range(12)), 'big')", "int.from_bytes(b'', 'big')", "(1).from_bytes(b'a', 'big')",
               "(1).to_bytes()", "(258).to_bytes(1, 'big')", "(258).to_bytes(2, 'big')", "(258).to_bytes(4, 'little')",
               "(258).to_bytes(2, 'big', False)", "(-2).to_bytes(2, 'big')", "(-2).to_bytes(6, 'little')",
               "(-1).to_bytes(2, 'big', signed=True)", "(200).to_bytes(1, 'big', signed=True)",
               "(1).to_bytes(length=2, byteorder='little')", "(1).to_bytes(-1, 'big')", "(1 << 70).to_bytes(4, 'big')",
               "(0).to_bytes(0, 'big')", "(1).to_bytes(2, 'x')"]:
    try:
        print(source, '->', eval(source))
    except Exception as e:
        print(source, '->', type(e).__name__, e)
