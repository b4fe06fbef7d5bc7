# cell: getaddrinfo, '' is 0.0.0.0
# firmware: all
import usocket

print(usocket.getaddrinfo('', 80)[0][-1])
print(usocket.getaddrinfo('0.0.0.0', 80)[0][-1])
