# cell: umqtt, publish
# firmware: all
from usr.support import mqtt_broker, plain_log, serve
from umqtt import MQTTClient

plain_log()
seen = []
# Between publishing and its acknowledgement something else may come.
port, over = serve(mqtt_broker(seen, b'', b'', b'\x30\x04\0\x01ax\x40\x02\0\x01', b''))
client = MQTTClient('me', '127.0.0.1', port)
client.set_callback(print)
print(client.connect(), client.get_mqttsta())
print(client.publish('a/b', b'hello'))
print(client.publish(b'a', 'x' * 200, retain=True))
print(client.publish('q', '1', qos=1))
print(client.publish('q', '2', qos=2))
print(client.publish('q', 5))
client.disconnect()
print(client.get_mqttsta())
print(client.publish('a', 'b'))
over()
print([packet[:12] for packet in seen], len(seen[2]))

# Of a text that is not ASCII the bytes are counted.
port, over = serve(lambda conn: (conn.read(16), conn.write(b'\x20\x02\0\0'), print(conn.read())))
client = MQTTClient('me', '127.0.0.1', port)
client.connect()
print(client.publish('t', '你'))
client.disconnect()
over()
