import pytest
from usr import sensor as module


@pytest.fixture
def broker(lab):
    return lab.broker(module.BROKER)


@pytest.fixture
def sensor(broker):
    sensor = module.Sensor('kitchen', lambda: 21.456)
    yield sensor
    if sensor.client:
        sensor.client.close()
