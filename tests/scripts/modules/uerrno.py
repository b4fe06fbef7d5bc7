# cell: uerrno: only these 22 names; errorcode
# firmware: all
import uerrno

names = sorted(name for name in dir(uerrno) if name.startswith('E'))
for name in names:
    print(name, getattr(uerrno, name), uerrno.errorcode[getattr(uerrno, name)] == name)
print(len(names), len(uerrno.errorcode))
