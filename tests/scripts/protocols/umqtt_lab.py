# cell: umqtt with a real broker, plain and over TLS: QoS 0 and 1, retained, last will, a session that is kept
# firmware: all
# options: --lab
from umqtt import MQTTClient

got = []


def client(name, **kw):
    made = MQTTClient(name, 'broker.example.com', **kw)
    made.set_callback(lambda topic, msg: got.append((topic, msg)))
    return made


for tls in (False, True):
    watcher = client('watcher', ssl=tls)
    print(watcher.connect(), watcher.get_mqttsta())
    watcher.subscribe('room/+/light', 1)
    other = client('other', ssl=tls, user='me', password='secret', version=3)
    other.set_last_will('room/9/light', 'gone', qos=1)
    other.connect()

    print(other.publish('room/1/light', b'on'), other.publish('room/1/door', b'not for it'))
    print(other.publish('room/2/light', 'off', qos=1))
    watcher.wait_msg()
    watcher.wait_msg()
    print(got, watcher.check_msg())

    other.publish('state/last', 'kept', retain=True)
    watcher.subscribe('state/#')
    watcher.wait_msg()
    print(got.pop())
    watcher.publish('state/last', '', retain=True)

    # Closed without a goodbye: the last will is said.
    got.clear()
    other.close()
    while (b'room/9/light', b'gone') not in got:
        watcher.wait_msg()
    watcher.publish('room/3/light', 'x' * 100000)
    while got[-1][0] != b'room/3/light':
        watcher.wait_msg()
    print(len(got[-1][1]))
    got.clear()
    watcher.disconnect()
    print(watcher.get_mqttsta())

# What came while the client was away.
keeper = client('keeper')
keeper.connect(clean_session=False)
keeper.subscribe('away', 1)
keeper.disconnect()
other = client('other')
other.connect()
print(other.publish('away', 'missed', qos=1))
keeper.connect(clean_session=False)
keeper.wait_msg()
print(got)

# The newer client of a name takes the place of the older one.
older = client('twin', reconn=False)
older.connect()
newer = client('twin', reconn=False)
newer.connect()
try:
    older.wait_msg()
except OSError:
    print('replaced')
