# cell: micropython: opt_level, heap_lock, heap_unlock, stack_use, mem_info, alloc_emergency_exception_buf, qstr_info
# firmware: all
import micropython

print(micropython.opt_level(), micropython.opt_level(1), micropython.opt_level(), micropython.opt_level(0))
print(micropython.heap_lock(), micropython.heap_unlock(), micropython.alloc_emergency_exception_buf(100))
print(type(micropython.stack_use()))
print(callable(micropython.mem_info), micropython.qstr_info() is None)
