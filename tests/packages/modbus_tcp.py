# Both ends of Modbus over TCP in one script.
import _thread
from usr.umodbus.tcp import TCP, ModbusTCP

PORT = 502
server = ModbusTCP()
server.bind(local_ip='0.0.0.0', local_port=PORT)
server.setup_registers({
    'HREGS': {'LEVEL': {'register': 93, 'len': 1, 'val': 19}},
    'COILS': {'PUMP': {'register': 123, 'len': 1, 'val': 1}},
})


def serve():
    while True:
        server.process()


_thread.start_new_thread(serve, ())
client = TCP(slave_ip='127.0.0.1', slave_port=PORT, timeout=5)
print(client.read_holding_registers(slave_addr=1, starting_addr=93, register_qty=1))
print(client.write_single_register(slave_addr=1, register_address=93, register_value=42))
print(client.read_holding_registers(slave_addr=1, starting_addr=93, register_qty=1))
print(client.read_coils(slave_addr=1, starting_addr=123, coil_qty=1))
