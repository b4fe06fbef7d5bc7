#导入usocket模块
import usocket

#创建一个socket实例
sock = usocket.socket(usocket.AF_INET, usocket.SOCK_STREAM)
#设置端口复用
sock.setsockopt(usocket.SOL_SOCKET, usocket.SO_REUSEADDR, 1)

sock.bind(('127.0.0.1', 6000))

sock.listen(50)

sock.close()

while True:
	newSock, addr = sock.accept()
	newSock.send('hello world')
	recv_data = newSock.recv(256)
	print(recv_data.decode())
	newSock.close()
	break
