# cell: umqtt, subscribe, unsubscribe, set_callback, check_msg, wait_msg
# firmware: all
from usr.support import kind, mqtt_broker, plain_log, serve
from umqtt import MQTTClient

plain_log()
seen = []
two = b'\x30\x06\0\x01tone' + b'\x32\x08\0\x01t\0\x09two'
port, over = serve(mqtt_broker(seen, b'\x90\x03\0\x01\0', b'\x90\x03\0\x02\x80', b'\xb0\x02\0\x03',
                               b'\xd0\0' + two,
                               b'\x30\x06\0\x01tbad' + b'\x30\x02\0\0'))
client = MQTTClient('me', '127.0.0.1', port, reconn=False)
client.connect()
print(kind(client.subscribe, 't'))


def received(topic, msg):
    print(topic, msg)
    if msg == b'bad':
        raise OSError(5)


client.set_callback(received)
print(client.subscribe('t', 1))
print(client.subscribe(b'refused'))
print(client.unsubscribe(b'unknown'), client.unsubscribe(b'refused'), client.topic_list)
print(client.check_msg())
client.ping()
print(client.wait_msg(), client.wait_msg(), client.wait_msg())
print(client.wait_msg(), client.wait_msg())
client.disconnect()
print(client.wait_msg(), client.check_msg())
over()
print(seen)
