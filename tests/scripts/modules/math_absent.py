# cell: math: no log10, log2, sinh, inf, nan, factorial in the documentation and in generation 1
# firmware: documented 2021
import math

print([hasattr(math, name) for name in ('log10', 'log2', 'sinh', 'inf', 'nan', 'factorial', 'gamma', 'tau')])
