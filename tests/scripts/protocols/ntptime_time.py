# cell: ntptime: host, sethost, time
# firmware: all
# options: --lab
import ntptime
import utime

print(ntptime.host, ntptime.sethost(None), ntptime.sethost('ntp.example.com'), ntptime.host)
# utime.localtime() shows the clock at UTC+8, mktime takes it back.
now = utime.mktime(utime.localtime()) - 946684800
print(-3 < ntptime.time() - now < 3, ntptime.host)

# The reserve answers where the host does not.
ntptime.host = 'no..such.name'
print(-3 < ntptime.time() - now < 3, ntptime.host)
ntptime.host = 'no..such.name'
try:
    ntptime.time(use_rhost=0)
except OSError as e:
    print(e)
except TypeError:
    print('no arguments')
