"""A sensor that publishes its readings over MQTT, and connects again when the network has gone away."""
import utime
from umqtt import MQTTClient

BROKER = 'broker.example.com'
# Seconds between two attempts: longer each time, up to the last.
PAUSES = (1, 5, 30)


class Sensor:
    def __init__(self, name, read):
        self.name = name
        self.read = read
        self.interval = 60
        self.attempts = 0
        self.client = None

    def topic(self, what):
        return 'sensors/%s/%s' % (self.name, what)

    def connect(self):
        """One attempt; raises what the network raises."""
        self.attempts += 1
        client = MQTTClient(self.name, BROKER, reconn=False)
        client.set_callback(self.command)
        client.connect()
        client.subscribe(self.topic('interval'))
        self.client = client

    def connect_until_it_works(self):
        number = 0
        while True:
            try:
                return self.connect()
            except Exception:
                utime.sleep(PAUSES[min(number, len(PAUSES) - 1)])
                number += 1

    def report(self):
        """Publishes one reading, over a new connection if the old one has gone."""
        value = '%.1f' % self.read()
        while self.client is None or not self.client.publish(self.topic('celsius'), value):
            self.connect_until_it_works()

    def command(self, topic, payload):
        try:
            seconds = int(payload)
        except ValueError:
            raise ValueError('not a number of seconds: %s' % payload)
        if not 1 <= seconds <= 3600:
            raise ValueError('out of range: %d' % seconds)
        self.interval = seconds
