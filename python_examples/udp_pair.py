# Two UDP sockets of one module: a sensor reports, a collector confirms.
# stderr:
import _thread
import dataCall
import usocket

COLLECTOR_PORT = 7100
address = dataCall.getInfo(1, 0)[2][2]

collector = usocket.socket(usocket.AF_INET, usocket.SOCK_DGRAM)
collector.bind((address, COLLECTOR_PORT))


def collect(count):
    for _ in range(count):
        report, sender = collector.recvfrom(1024)
        collector.sendto('got ' + report.decode(), sender)


_thread.start_new_thread(collect, (3,))

sensor = usocket.socket(usocket.AF_INET, usocket.SOCK_DGRAM)
sensor.settimeout(5)
for temperature in (21, 22, 23):
    sensor.sendto('temperature={}'.format(temperature), (address, COLLECTOR_PORT))
    answer, _ = sensor.recvfrom(1024)
    print(answer.decode())
sensor.close()
