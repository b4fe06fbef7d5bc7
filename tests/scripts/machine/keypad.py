# firmware: documented 2021 2025 micropython
# cell: KeyPad: init, deinit, set_callback
from machine import KeyPad
from usr.support import raises

k = KeyPad()
print(k.init(), k.set_callback(print), k.deinit(), k.deinit())
print(KeyPad(2).init(), KeyPad(2, 3).deinit())
raises(KeyPad, 0)
raises(KeyPad, 4, -1)
raises(KeyPad, 1000)
raises(KeyPad, 'x')
raises(k.set_callback, 5)
print(k.set_callback(None))
