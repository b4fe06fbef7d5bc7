# cell: usys.stdin, stdout, stderr: what they are called
import usys

print(usys.stdin, usys.stdout, usys.stderr, usys.stdin.buffer)
print(['FileIO' in str(type(s.buffer)) for s in (usys.stdin, usys.stdout, usys.stderr)])
