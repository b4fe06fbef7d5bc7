# log: loggers by name. Lines go where print goes, so that the two keep their order; on a module standard
# error is the same USB port. Source: the module contract, system, log.
import _thread
import usys

CRITICAL = 50
ERROR = 40
WARNING = 30
INFO = 20
DEBUG = 10
NOTSET = 0

_NAMES = {CRITICAL: 'CRIT', ERROR: 'ERROR', WARNING: 'WARN', INFO: 'INFO', DEBUG: 'DEBUG'}


class _Settings:
    level = INFO
    stream = None
    loggers = {}
    guard = _thread.allocate_lock()


class LogRecord:
    """What a handler's emit() gets."""

    def __init__(self, name, level, message):
        self.name = name
        self.levelno = level
        self.levelname = _level_name(level)
        self.message = message


class Logger:
    handlers = []

    def __init__(self, name):
        self.name = name
        self.level = NOTSET

    def setLevel(self, level):
        self.level = level

    def isEnabledFor(self, level):
        return level >= (self.level or _Settings.level)

    def log(self, level, msg, *args):
        if not self.isEnabledFor(level):
            return
        record = LogRecord(self.name, level, msg % args if args else msg)
        if not self.handlers:
            _write(record)
        for handler in self.handlers:
            handler.emit(record)

    def debug(self, msg, *args):
        self.log(DEBUG, msg, *args)

    def info(self, msg, *args):
        self.log(INFO, msg, *args)

    def warning(self, msg, *args):
        self.log(WARNING, msg, *args)

    def error(self, msg, *args):
        self.log(ERROR, msg, *args)

    def critical(self, msg, *args):
        self.log(CRITICAL, msg, *args)


def _level_name(level):
    return _NAMES.get(level) or 'LVL%s' % level


def _write(record):
    # One write a line: those of several threads must not run into each other.
    line = '%s:%s:%s\n' % (record.levelname, record.name, record.message)
    (_Settings.stream or usys.stdout).write(line)


def getLogger(name='root'):
    with _Settings.guard:
        if name not in _Settings.loggers:
            _Settings.loggers[name] = Logger(name)
        return _Settings.loggers[name]


def basicConfig(level=INFO, filename=None, stream=None, format=None):
    _Settings.level = level
    if stream is not None:
        _Settings.stream = stream
    if filename is not None:
        print('logging.basicConfig: filename arg is not supported')
    if format is not None:
        print('logging.basicConfig: format arg is not supported')


def _is_uart(out):
    try:
        from machine import UART
    except ImportError:
        return False
    return isinstance(out, UART)


def set_output(out):
    if out is not usys.stdout and out is not usys.stderr and not _is_uart(out):
        raise Exception('<out> must extend UART')
    _Settings.stream = out
