# firmware: all
import cellLocator
import net
import wifilocator
from wifilocator import wifilocator as locator

KEY = '1111111122222222'
print(cellLocator.getLocation('www.queclocator.com', 80, KEY, 8))
print(cellLocator.getLocation(b'www.queclocator.com', 80, KEY, 8, 1))
print(cellLocator.getLocation('x' * 256, 80, KEY, 8), cellLocator.getLocation('x', 80, 'short', 8),
      cellLocator.getLocation('x', 80, KEY, 301))
for wrong in (lambda: cellLocator.getLocation('x', 80, KEY, 8, 9), lambda: cellLocator.getLocation('x', 80, KEY),
              lambda: cellLocator.getLocation(1, 80, KEY, 8)):
    try:
        print(wrong())
    except (ValueError, TypeError) as e:
        print(type(e).__name__)
print(wifilocator.wifilocator(KEY).getwifilocator(), locator('short').getwifilocator())
net.setModemFun(4)
print(cellLocator.getLocation('x', 80, KEY, 8), locator(KEY).getwifilocator())
