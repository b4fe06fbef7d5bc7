# cell: fileno(): the descriptor, -1 after close
# firmware: all
import usocket

one, two = usocket.socket(), usocket.socket()
print(one.fileno() >= 0, two.fileno() >= 0, one.fileno() != two.fileno())
one.close()
print(one.fileno(), two.fileno() >= 0)
