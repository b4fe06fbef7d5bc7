# cell: usys: attributes
# firmware: all
import usys

print(usys.byteorder, usys.maxsize, usys.version, usys.version_info[:3])
print(usys.implementation.name, len(usys.implementation.version) >= 3)
print(type(usys.platform) is str, type(usys.path) is list, type(usys.argv) is list)
print(type(usys.modules) is dict, 'usys' in usys.modules)
print(usys.path)
