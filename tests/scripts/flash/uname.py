# cell: uos.uname: labelled strings; uname2: bare values by names; sdkver: generation 2 on
# firmware: documented 2021 2025 2026
import uos

labels = [text.split('=')[0] for text in uos.uname()]
print(labels)
bare = uos.uname2()
print([text.split('=')[1] for text in uos.uname()] == list(bare), bare.sysname == bare[0], bare.qpyver == bare[5])
print(bare.nodename, bare.machine.split()[0] == bare.nodename, '.' in bare.release, bare.version[0])
print(hasattr(uos, 'sdkver') and type(uos.sdkver()).__name__)
