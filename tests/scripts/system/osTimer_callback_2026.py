# cell: osTimer: callback must be callable (G3)
# firmware: 2026
import osTimer

try:
    osTimer().start(1, 0, None)
except TypeError as e:
    print(e)
