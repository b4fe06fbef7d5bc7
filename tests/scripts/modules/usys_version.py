# cell: usys.implementation: version of generations 1 and 2
# firmware: 2021 2025
import usys

print(usys.implementation.version[:3])
