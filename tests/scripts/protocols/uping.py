# cell: uping.ping: its lines, its result, hosts that do not answer
# firmware: all
# options: --lab
import uping

lines = []
uping.print = lines.append
print(uping.ping('www.example.com', COUNT=2, INTERVAL=1))
for line in lines:
    # How long it takes is another number each time.
    print(line.split(', time=')[0] if ', time=' in line else line.split(' = ')[0])
del lines[:]

result = uping.ping('127.0.0.1', None, 3, 1, 100, 1000, True)
print(lines, result.tx, result.rx, result.losses, type(result.avg), 0 <= result.min <= result.avg <= result.max)
print(uping.ping('10.73.21.6', '10.73.21.6', COUNT=1, quiet=True)[:3])
print(uping.ping('192.168.7.7', COUNT=2, INTERVAL=0, TIMEOUT=10, quiet=True))
uping.ping('192.168.7.7', COUNT=1, TIMEOUT=10)
print(lines)
for wrong in (lambda: uping.ping('www.example.com', SIZE=15), lambda: uping.ping('www.example.com', SIZE=70000)):
    try:
        wrong()
    except (AssertionError, ValueError) as e:
        print(e)
