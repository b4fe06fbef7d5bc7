# What a module runs when it is powered on: quecpy boot python_examples/sensor_project
# options: --ephemeral
import ujson

from usr.drivers.thermometer import Thermometer
from usr import settings

thermometer = Thermometer(settings.SAMPLES)
for reading in thermometer.read_all():
    print(ujson.dumps({'device': settings.DEVICE, 'celsius': reading}))
settings.remember('last', reading)
print('stored:', settings.recall('last'))
