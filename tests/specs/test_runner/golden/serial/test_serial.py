def test_prompt(serial):
    assert serial.run('1 + 1') == '2\n'
    assert serial.run('answer') == '42\n'
    assert 'main ran' in serial.output


def test_interrupt(serial):
    serial.expect('>>> ')
    serial.type('while True: pass')
    serial.send('\r')
    serial.interrupt()
    assert 'KeyboardInterrupt' in serial.expect('>>> ')


def test_raw(serial):
    serial.expect('>>> ')
    serial.send(b'\x01')
    serial.expect('raw REPL; CTRL-B to exit\n>')
    serial.send(b"print('x')\x04")
    assert serial.expect('\x04\x04>') == 'OKx\n'


def test_soft_reset(serial):
    serial.run('answer = 1')
    serial.send(b'\x04')
    assert serial.run('answer') == '42\n'


def test_input(serial):
    serial.expect('>>> ')
    serial.type("name = input('who? ')")
    serial.expect('who? ')
    serial.type('me')
    assert serial.run('name') == "'me'\n"


def test_fail(serial):
    serial.expect('nothing', timeout=0.2)


def test_reset(serial):
    serial.type('from misc import Power; Power.powerRestart()')
    serial.expect('main ran')
    serial.expect('main ran')
    assert serial.restarts == 1
    serial.expect('>>> ')
    serial.type('Power.powerDown()') 


def test_board(serial, board):
    board.clock.set(0)
    assert serial.run('import utime; utime.localtime()[0]') == '1970\n'
