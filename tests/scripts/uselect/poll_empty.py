# cell: poll([ms]) with nothing registered
# firmware: all
import uselect

print(uselect.poll().poll(0))
print(uselect.poll().poll(10))
