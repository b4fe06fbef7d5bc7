# cell: log: TypeError from msg % args; what a Logger has not
# firmware: all
import log

logger = log.getLogger('x')
for args in (('%d', 'a'), ('no place', 1), (5, 1)):
    try:
        logger.info(*args)
    except TypeError:
        print('TypeError')
logger.debug('%d', 'not shown, so not made')
print([name for name in ('exception', 'warn', 'addHandler') if hasattr(logger, name)])
