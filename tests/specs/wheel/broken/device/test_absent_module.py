print('printed by the file')
import subprocess
