# cell: umqtt: one thread waits for packets, others publish and subscribe; also from within the callback
# firmware: all
import _thread
from usr.support import mqtt_broker, serve, until
from umqtt import MQTTClient

seen = []
hello = b'\x30\x05\0\x01thi'
port, over = serve(mqtt_broker(seen, b'\x90\x03\0\x01\0' + hello[:3],
                               hello[3:] + b'\x40\x02\0\x02', b'\x40\x02\0\x03'))
got = []
client = MQTTClient('me', '127.0.0.1', port)


def received(topic, msg):
    got.append((topic, msg))
    got.append(client.publish('reply', 'x', qos=1))


def listen():
    while client.get_mqttsta() == 0:
        client.wait_msg()
    got.append('end')


client.set_callback(received)
client.connect()
_thread.start_new_thread(listen, ())
client.subscribe('t')
print(client.publish('a', 'b', qos=1))
until(lambda: len(got) == 2)
print(got)
client.disconnect()
until(lambda: len(got) == 3)
over()
print(len(seen), got[2])
