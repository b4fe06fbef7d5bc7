# firmware: all
import atcmd


def ask(command, wanted='', room=64):
    reply = bytearray(room)
    status = atcmd.sendSync(command, reply, wanted, 20)
    print(status, bytes(reply).rstrip(b'\0'))


ask('AT+CPIN?\r\n')
ask('AT+CSQ\r\n', '+CSQ')
ask(b'AT+CSQ\r\n', b'+COPS')
ask('AT\r\n')
ask('ATI\r\n', 'Revision')
for command in ('AT+CREG?', 'AT+CGREG?', 'AT+CEREG?', 'AT+COPS?', 'AT+CIMI', 'AT+QCCID', 'AT+GSN', 'AT+CGMR'):
    ask(command + '\r\n')
ask('AT+NONE\r\n')
ask('AT+CSQ')
ask('AT+GSN\r\n', '', 5)
for wrong in (lambda: atcmd.sendSync('AT\r\n', b'const', '', 1), lambda: atcmd.sendSync(1, bytearray(1), '', 1),
              lambda: atcmd.sendSync('AT\r\n', bytearray(1), '')):
    try:
        print(wrong())
    except TypeError:
        print('TypeError')
