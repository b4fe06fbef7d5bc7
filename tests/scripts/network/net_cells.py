# cell: net, cells: mcc is written in hexadecimal digits on ASR modules
# firmware: all
# options: --board {here}/net_cells.toml
import net
print(net.getCellInfo())
if hasattr(net, 'getCellInfos'):
    print(net.getCellInfos())
print(net.getCi(), net.getMcc(), net.getMnc(), net.getLac())
print(net.getServingCi(), net.getServingMcc(), net.getServingMnc(), net.getServingLac())
try:
    net.currentCellInfo(4)
except ValueError:
    print('ValueError')
