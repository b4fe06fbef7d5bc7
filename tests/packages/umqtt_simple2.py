# A client for MQTT against the lab's broker.
from usr.umqtt2.simple2 import MQTTClient

got = []


def received(topic, msg, retain, dup):
    got.append(topic)
    print(topic, msg, retain, dup)


client = MQTTClient('simple2', 'broker.example.com')
client.set_callback(received)
print('session present:', client.connect())
client.subscribe(b't/#', qos=1)
client.publish(b't/a', b'hello', qos=1)
while not got:
    client.wait_msg()
client.ping()
client.disconnect()
print('done')
