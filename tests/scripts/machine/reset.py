# firmware: 2026
import machine
print('before')
machine.reset()
print('never')
