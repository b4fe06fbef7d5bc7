import usys

print('hello', usys.argv[1], input())
open('/usr/kept.txt', 'w').close()
