# cell: gc
# firmware: all
import gc

print(type(gc.collect()) is int, type(gc.mem_free()) is int, type(gc.mem_alloc()) is int)
print(gc.mem_free() > 0, gc.mem_alloc() > 0)
print(gc.isenabled(), gc.disable(), gc.isenabled(), gc.enable(), gc.isenabled())
print(gc.threshold(), gc.threshold(20000))
