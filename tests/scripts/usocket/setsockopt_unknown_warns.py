# cell: setsockopt: unknown options, 2021 and 2025 print one warning line and return
# firmware: 2021 2025
# stderr: 4242
import usocket

sock = usocket.socket()
print(sock.setsockopt(usocket.SOL_SOCKET, 4242, 1))
