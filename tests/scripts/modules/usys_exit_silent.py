# cell: usys.exit(): SystemExit prints nothing
# firmware: all
import usys

print('only this')
usys.exit()
