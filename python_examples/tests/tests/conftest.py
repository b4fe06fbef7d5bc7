import pytest
from usr import sensor as module


@pytest.fixture
def broker(lab):
    return lab.broker(module.BROKER)


@pytest.fixture
def sensor(broker):
    return module.Sensor('kitchen', lambda: 21.456)
