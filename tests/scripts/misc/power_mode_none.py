# firmware: documented 2021 2025
from misc import Power
from usr.support import raises
raises(Power.powerDown, 1)
