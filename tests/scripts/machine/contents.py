# firmware: all
import machine
print(' '.join(sorted(n for n in dir(machine) if not n.startswith('_'))))
