# cell: _thread.stack_size([n]): MicroPython's own: the size before; without argument the default is set
# firmware: micropython
import _thread

print(_thread.stack_size(), _thread.stack_size(4096), _thread.stack_size(2048), _thread.stack_size(), _thread.stack_size())
