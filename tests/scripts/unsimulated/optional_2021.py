# firmware: 2021 micropython
for name in ('Opus', 'G711', 'rsa', 'tp', 'sif', 'lwm2m', 'TiktokRTC', 'slip'):
    try:
        __import__(name)
        print(name)
    except ImportError:
        print('no', name)
