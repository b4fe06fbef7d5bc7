# cell: umqtt, keepalive: pings by itself; a fault is told to error_register_cb
# firmware: documented
from support import kind, mqtt_packet, serve
from umqtt import MQTTClient

seen = []


def talk(conn):
    seen.append(mqtt_packet(conn))
    conn.write(b'\x20\x02\0\0')
    seen.append(mqtt_packet(conn))
    conn.write(b'\xd0\0')
    # The second has no answer.
    seen.append(mqtt_packet(conn))
    seen.append(mqtt_packet(conn))


port, over = serve(talk)
client = MQTTClient('me', '127.0.0.1', port, keepalive=5, reconn=False)
client.error_register_cb(lambda text: print('told', text))
client.connect()
print(client.wait_msg())
print(kind(client.wait_msg))
over()
print(seen)
