import ethernet

for chip in ('W5500', 'DM9051', 'CH395', 'YT8512H'):
    try:
        getattr(ethernet, chip)(b'\x12\x34\x56\x78\x9a\xbc', '192.168.1.100')
    except NotImplementedError as e:
        print(e)
print([hasattr(ethernet.YT8512H, name) for name in ('node', 'status', 'ipconfig', 'nothing')])
