# cell: _thread.stack_size([n]): generation 1: default 8448, min 8192; 0 ok, -1 too small or negative
# firmware: 2021
import _thread

print(_thread.stack_size())
print(_thread.stack_size(8191), _thread.stack_size(-1), _thread.stack_size())
print(_thread.stack_size(8192), _thread.stack_size())
print(_thread.stack_size(16 * 1024), _thread.stack_size())
