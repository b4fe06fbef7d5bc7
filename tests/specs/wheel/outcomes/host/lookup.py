import usocket

print(usocket.getaddrinfo('iot.example.com', 1883)[0][-1])
