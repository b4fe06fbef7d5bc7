# firmware: 2026
import machine
print(machine.freq(), machine.sys_wdt_feed(), len(machine.unique_id()), type(machine.unique_id()))
