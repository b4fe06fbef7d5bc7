# Sends datagrams to an echo service and measures how long they take.
# options: --lab
import usocket
import utime

address = usocket.getaddrinfo('echo.example.com', 7)[0][-1]
sock = usocket.socket(usocket.AF_INET, usocket.SOCK_DGRAM)
sock.settimeout(5)

for number in range(3):
    sent = utime.ticks_ms()
    sock.sendto('datagram %d' % number, address)
    data, sender = sock.recvfrom(512)
    if sender == address and utime.ticks_diff(utime.ticks_ms(), sent) < 5000:
        print(data.decode(), 'came back')

sock.close()
