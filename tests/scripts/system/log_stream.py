# cell: log: basicConfig's other arguments, set_output, handlers
# firmware: all
# stderr: INFO:x:to standard error
import log
import usys


class Lines:
    def __init__(self):
        self.text = ''

    def write(self, text):
        self.text += text


class Handler:
    def emit(self, record):
        print('handler', record.levelname, record.name, record.message)


logger = log.getLogger('x')
lines = Lines()
log.basicConfig(filename='a.log', format='%(message)s', stream=lines)
logger.info('to a stream')
print(repr(lines.text))
log.set_output(usys.stderr)
logger.info('to standard error')
log.set_output(usys.stdout)
logger.info('to standard output')
try:
    log.set_output(lines)
except Exception as e:
    print(e)
log.Logger.handlers.append(Handler())
logger.error('%s!', 'now')
