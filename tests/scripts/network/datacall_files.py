# cell: dataCall, what it keeps in files for the next power-on
# options: --ephemeral
import dataCall, ujson
print(dataCall.setAutoActivate(1, 0), dataCall.setAutoConnect(2, 1))
print(ujson.loads(open('/usr/datacall_config.json').read())['2'])
print(dataCall.setApn(1, 0, 'iot', 'me', 'secret', 1))
print(ujson.loads(open('/usr/user_apn.json').read())['pdp'], dataCall.getApn(0))
open('/usr/datacall_config.json', 'w').write('{')
try:
    dataCall.setAutoActivate(1, 0)
except ValueError:
    print('ValueError')
for bad in ((0, 1), (4, 1), (1, 2)):
    try:
        dataCall.setAutoConnect(*bad)
    except ValueError:
        print('ValueError')
