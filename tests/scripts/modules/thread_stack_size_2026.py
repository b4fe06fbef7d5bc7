# cell: _thread.stack_size([n]): generation 3: default 2048, min 1024
# firmware: 2026
import _thread

print(_thread.stack_size())
print(_thread.stack_size(1023), _thread.stack_size(1024), _thread.stack_size())
