# cell: umqtt, reconn=False: the fault of wait_msg, get_mqttsta of a server that has gone, connecting by hand
# firmware: all
from usr.support import kind, mqtt_packet, serve, until
from umqtt import MQTTClient


def short(conn):
    mqtt_packet(conn)
    conn.write(b'\x20\x02\0\0')


def qos_2(conn):
    short(conn)
    conn.write(b'\x34\x06\0\x01t\0\x01x')
    mqtt_packet(conn)


port, over = serve(short, qos_2)
client = MQTTClient('me', '127.0.0.1', port, reconn=False)
client.set_callback(print)
client.connect()
until(lambda: client.get_mqttsta() == 2)
print(kind(client.check_msg), kind(client.wait_msg))
client.close()
print(client.get_mqttsta())
print(client.connect(), client.get_mqttsta())
print(kind(client.wait_msg))
client.disconnect()
over()
