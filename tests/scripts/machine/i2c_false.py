# firmware: 2021
# cell: I2C: False when the bus does not start
from machine import I2C
print(I2C(0, 7))
