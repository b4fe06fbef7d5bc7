# cell: poll.register: a stream of the script's own, which answers ioctl
# firmware: all
import uio
import uselect
import usocket


class Own(uio.IOBase):
    def __init__(self):
        self.ready = 0

    def ioctl(self, request, flags):
        if request != 3:
            return -1
        print('asked', flags)
        if self.ready == 'later':
            self.ready = uselect.POLLIN
            return 0
        return self.ready if self.ready < 0 else self.ready & flags


own = Own()
sender = usocket.socket(usocket.AF_INET, usocket.SOCK_DGRAM)
poll = uselect.poll()
poll.register(own)
print(poll.poll(0))
poll.modify(own, uselect.POLLIN)
own.ready = uselect.POLLOUT
print(poll.poll(0))
own.ready = 'later'
print([bits for _, bits in poll.poll()])
poll.register(sender, uselect.POLLOUT)
print(sorted([bits for _, bits in poll.poll(0)]))
own.ready = -1000
try:
    poll.poll(0)
except OSError as e:
    print('OSError', e.args)
poll.unregister(own)
print([bits for _, bits in poll.poll(0)])
