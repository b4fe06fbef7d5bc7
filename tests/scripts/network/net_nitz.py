# cell: net, nitzTime
# firmware: all
import net
t = net.nitzTime()
if t == -1:
    print(t)
else:
    date, seconds, leap = t
    print(len(date), date[2], date[5], date[8], date.split(' ')[2:], seconds > 1700000000, leap)
