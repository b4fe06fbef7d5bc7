# cell: setsockopt: IP_ADD_MEMBERSHIP, value bytes
# firmware: all
import usocket
from usr.support import kind

sock = usocket.socket(usocket.AF_INET, usocket.SOCK_DGRAM)
group = b'\xef\x01\x02\x03' + b'\x7f\x00\x00\x01'
print(sock.setsockopt(usocket.IPPROTO_IP, usocket.IP_ADD_MEMBERSHIP, group))
print(sock.setsockopt(usocket.IPPROTO_IP, usocket.IP_DROP_MEMBERSHIP, group))
print(kind(sock.setsockopt, usocket.IPPROTO_IP, usocket.IP_ADD_MEMBERSHIP, b'abc') in ('OSError', 'ValueError'))
