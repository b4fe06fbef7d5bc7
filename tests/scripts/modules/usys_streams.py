# cell: usys.stdout, stderr: write
# firmware: all
# stderr: to stderr
import usys

usys.stdout.write('to stdout\n')
usys.stderr.write('to stderr\n')
print('with print', file=usys.stdout)
