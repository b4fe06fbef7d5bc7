# cell: umqtt, keepalive: pings by itself; a fault is told to error_register_cb
# firmware: documented
import umqtt
from usr.support import kind, mqtt_packet, serve

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
client = umqtt.MQTTClient('me', '127.0.0.1', port, keepalive=5, reconn=False)
# As it is, this would take 15 seconds.
umqtt._PING_ROUND_SECONDS = 1
client.keepalive = 3
client.error_register_cb(lambda text: print('told', text))
client.connect()
print(client.wait_msg())
print(kind(client.wait_msg))
over()
print(seen)
