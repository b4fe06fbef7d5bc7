# cell: _thread.get_heap_size(): int
# firmware: all
import _thread

print(_thread.get_heap_size() > 0)
