# cell: ustruct.calcsize: types and byte orders
# firmware: all
import ustruct

for fmt in ('b', 'B', 'h', 'H', 'i', 'I', 'l', 'L', 'q', 'Q', 'f', 'd', '3s', '2H', '5s3b', '', '<', 'bhb'):
    print(fmt, ustruct.calcsize(fmt))
# Native order aligns like C with 32 bits.
for order in '@<>!':
    print(order, ustruct.calcsize(order + 'bI'), ustruct.calcsize(order + 'bH'), ustruct.calcsize(order + 'Bq'))
