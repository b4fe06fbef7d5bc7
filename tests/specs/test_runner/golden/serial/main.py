print('main ran')
answer = 42
