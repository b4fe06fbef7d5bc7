# cell: log: constants, basicConfig, setLevel, isEnabledFor
# firmware: all
import log

print(log.CRITICAL, log.ERROR, log.WARNING, log.INFO, log.DEBUG, log.NOTSET)
a = log.getLogger('a')
b = log.getLogger('b')
print(a is log.getLogger('a'), a is b)


def shown():
    return [level for level in (10, 20, 30, 40, 50) if a.isEnabledFor(level)]


print(shown())
print(log.basicConfig(level=log.ERROR), shown())
print(a.setLevel(log.WARNING), shown())
a.warning('shown')
b.warning('hidden')
a.setLevel(log.NOTSET)
print(shown())
log.basicConfig()
print(shown())
