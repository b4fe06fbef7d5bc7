# cell: uhashlib: base64
# firmware: all
import base64

for data in (b'', b'f', b'fo', b'foo', b'foob', b'fooba', b'foobar'):
    b64, b32, b16 = base64.b64encode(data), base64.b32encode(data), base64.b16encode(data)
    print(b64, b32, b16)
    print(base64.b64decode(b64) == base64.b32decode(b32) == base64.b16decode(b16) == data)
print(base64.b64encode('中'), base64.b64decode('5Lit').decode())
print(base64.b64encode(bytearray(b'\xfb\xff')), base64.urlsafe_b64encode(b'\xfb\xff'))
print(base64.urlsafe_b64decode('-_8='), base64.b64decode('+/8='), base64.b64decode('$.8=', '$.'))
every = bytes(range(256))
print(base64.b64decode(base64.b64encode(every)) == every)
print(base64.b64decode('Z m\n9v'))
for wrong in ('Zg', 'Zg=', 'Z', 'Z==='):
    try:
        base64.b64decode(wrong)
    except ValueError as e:
        print(e)
print(base64.encodebytes(b'x' * 60))
print(base64.decodebytes(base64.encodebytes(every)) == every)
