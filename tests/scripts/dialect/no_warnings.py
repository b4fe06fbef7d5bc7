# cell: no warnings: MicroPython prints none
# firmware: all
print("\d", 5 is 5)
