# firmware: all
# cell: I2C, I2C_simulation: nobody answers
from machine import I2C, I2C_simulation
from usr.support import fails, raises

print(I2C.I2C0, I2C.I2C3, I2C.STANDARD_MODE, I2C.FAST_MODE, I2C_simulation.GPIO1)
buffer = bytearray(b'ab')
for bus in I2C(I2C.I2C0, I2C.STANDARD_MODE), I2C_simulation(1, 2, 400000):
    print(bus.write(0x44, bytearray([1]), 1, bytearray([2]), 1), end=' ')
    print(bus.read(0x44, bytearray([1]), 1, buffer, 2, 100000), buffer, end=' ')
    print(bus.read(slaveaddr=0x44, regaddr=b'', regaddr_len=0, databuf=buffer, datasize=2, dalay=0), end=' ')
    print(bus.write(0x80, b'', 0, b'', 0), bus.write(-1, b'', 0, b'', 0), bus.write(1, b'x', -1, b'x', -1))
    raises(bus.write, 1, 2, 3)
    raises(bus.read, 1, b'', 0, b'fixed', 5, 0)
    raises(bus.read, 1, 5, 0, buffer, 5, 0)
fails(I2C, 4, 0)
fails(I2C, -1, 0)
fails(I2C_simulation, 1, 2, 0)
fails(I2C_simulation, 1, 2, 1000001)
fails(I2C_simulation, 99, 2, 1000)
raises(I2C, 0)
