import usys

print('ready')
while True:
    line = input('> ')
    if line == 'quit':
        usys.exit(3)
    print('got', line)
