"""Without a network: only what the sensor makes of a command."""
import pytest
from usr.sensor import Sensor


@pytest.fixture
def sensor():
    return Sensor('kitchen', lambda: 20)


@pytest.mark.parametrize('payload, seconds', [(b'1', 1), (b'60', 60), (b'3600', 3600)])
def test_interval(sensor, payload, seconds):
    sensor.command(b'sensors/kitchen/interval', payload)
    assert sensor.interval == seconds


@pytest.mark.parametrize('payload', [b'0', b'3601', b'often'])
def test_what_is_no_interval_changes_nothing(sensor, payload):
    with pytest.raises(ValueError):
        sensor.command(b'sensors/kitchen/interval', payload)
    assert sensor.interval == 60


def test_topics(sensor):
    assert sensor.topic('celsius') == 'sensors/kitchen/celsius'
