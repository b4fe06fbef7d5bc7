# cell: ubinascii.unhexlify: ValueError
# firmware: 2021 2026 micropython
import ubinascii

for text in ('1', 'zz', '1g', '01 02', ' 0102 ', '0 1'):
    try:
        print(ubinascii.unhexlify(text))
    except ValueError as e:
        print(text, e)
