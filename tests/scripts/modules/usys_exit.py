# cell: usys.exit([x]): SystemExit(x); ends main
# firmware: all
# exit: 3
import usys

for args in ((), (1,), ('text',)):
    try:
        usys.exit(*args)
    except SystemExit as e:
        print('SystemExit', e.args)
print('last')
usys.exit(3)
print('never')
