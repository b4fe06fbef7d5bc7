# cell: umqtt, constructor and connect: packets and errors
# firmware: all
# options: --lab
from usr.support import kind, listening, mqtt_packet, serve
from umqtt import BaseMqtt, MQTTClient, MQTTException


def connecting(answer, *args, **kw):
    seen = []

    def talk(conn):
        seen.append(mqtt_packet(conn))
        conn.write(answer)
        seen.append(mqtt_packet(conn))

    will = kw.pop('will', None)
    clean = kw.pop('clean', True)
    port, over = serve(talk)
    client = MQTTClient('me', '127.0.0.1', port, *args, **kw)
    if will:
        client.set_last_will(*will)
    print(kind(client.connect, clean), client.get_mqttsta())
    client.close()
    over()
    print(seen)


connecting(b'\x20\x02\0\0')
connecting(b'\x20\x02\0\0', 'user', 'secret', version=3, clean=False)
connecting(b'\x20\x02\0\0', will=('t', b'gone', True, 1))
for code in range(1, 6):
    connecting(bytes((0x20, 2, 0, code)))
# An end instead of an answer.
port, over = serve(mqtt_packet)
print(kind(MQTTClient('me', '127.0.0.1', port).connect))
over()

server, port = listening()
server.close()
print(kind(MQTTClient('me', '127.0.0.1', port).connect).split('[')[0])
print(kind(MQTTClient('me', 'no..such.name').connect))
print(kind(MQTTClient, 'me', 'host', keepalive=4))
print(MQTTClient('me', 'host').port, MQTTClient('me', 'host', ssl=True).port)
print(MQTTClient('me', 'host').get_mqttsta())
print(kind(MQTTClient('me', 'host').set_last_will, '', 'x').split(':')[0])
print(isinstance(MQTTException(1), Exception), issubclass(MQTTClient, BaseMqtt))
