# cell: umqtt, reconn=True: connects and subscribes again, then goes on waiting
# firmware: all
from usr.support import mqtt_broker, mqtt_packet, plain_log, serve
from umqtt import MQTTClient

plain_log()
first, second = [], []


def breaks(conn):
    for answer in (b'\x20\x02\0\0', b'\x90\x03\0\x01\0', b'\x90\x03\0\x02\x01'):
        first.append(mqtt_packet(conn))
        conn.write(answer)


port, over = serve(breaks, mqtt_broker(second, b'\x90\x03\0\x03\0', b'\x90\x03\0\x04\x01\x30\x05\0\x01thi'))
client = MQTTClient('me', '127.0.0.1', port)
client.set_callback(print)
client.error_register_cb(print)
client.connect(False)
client.subscribe('t')
client.subscribe('u', 1)
print(client.wait_msg(), client.get_mqttsta())
client.disconnect()
over()
print(first == second[:1] + [p[:3] + bytes((p[3] - 2,)) + p[4:] for p in second[1:3]], second[1:])
