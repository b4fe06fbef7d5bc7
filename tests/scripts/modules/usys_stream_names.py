# cell: usys.stdin, stdout, stderr: what they are called
import usys

print(usys.stdin, usys.stdout, usys.stderr, usys.stdin.buffer)
