# Waits for the network as every deployed script does, then asks a web server for its page.
# options: --lab
import checkNet
import usocket
import utime

PROJECT_NAME = 'socket_client'
PROJECT_VERSION = '1.0.0'

HOST = 'www.example.com'
PORT = 80

checknet = checkNet.CheckNetwork(PROJECT_NAME, PROJECT_VERSION)


def fetch():
    address = usocket.getaddrinfo(HOST, PORT)[0][-1]
    sock = usocket.socket(usocket.AF_INET, usocket.SOCK_STREAM)
    sock.settimeout(10)
    try:
        sock.connect(address)
        sock.send('GET / HTTP/1.0\r\nHost: {}\r\n\r\n'.format(HOST))
        print(sock.readline().decode().strip())
    finally:
        sock.close()


if __name__ == '__main__':
    checknet.poweron_print_once()
    stage, state = checknet.wait_network_connected(30)
    if stage == 3 and state == 1:
        print('the network is ready')
        fetch()
    else:
        print('no network: stage {}, state {}'.format(stage, state))
