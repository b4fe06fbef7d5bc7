# cell: getsockopt, getsendacksize: 2026 and documented only
# firmware: 2021 2025 micropython
import usocket

sock = usocket.socket()
print(hasattr(sock, 'getsockopt'), hasattr(sock, 'getsendacksize'))
