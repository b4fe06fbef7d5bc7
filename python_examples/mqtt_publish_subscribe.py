# Publishes to a broker and hears it back: one client, one thread that listens.
# options: --lab
import _thread
from umqtt import MQTTClient

TOPIC = b'quecpy/greeting'
MESSAGES = ['hello', 'again', 'goodbye']

all_heard = _thread.allocate_lock()
all_heard.acquire()


def heard(topic, message):
    # Runs in the thread that waits for messages; both come as bytes.
    print(topic.decode(), message.decode())
    if message == b'goodbye':
        all_heard.release()


def listen():
    # Ends when the client disconnects.
    while client.get_mqttsta() == 0:
        client.wait_msg()


# ssl=True does the same over TLS, on port 8883.
client = MQTTClient('quecpy-example', 'broker.example.com', keepalive=60)
client.set_callback(heard)
# What the broker tells others if this client vanishes.
client.set_last_will('quecpy/status', 'gone', qos=1)
print('connected:', client.connect() == 0)
client.subscribe(TOPIC, qos=1)
_thread.start_new_thread(listen, ())

for message in MESSAGES:
    client.publish(TOPIC, message, qos=1)
all_heard.acquire()
client.disconnect()
print('done')
