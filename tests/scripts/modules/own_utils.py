# cell: utils, a file of the script's own
# firmware: documented 2021 2025
# options: --ephemeral
# Only the published firmware of generation 1 is known to have the module.
with open('/usr/utils.py', 'w') as file:
    file.write("def crc32():\n    return 'own'\n")
import utils
print(isinstance(utils.crc32(), str))
