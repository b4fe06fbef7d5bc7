# firmware: all
# cell: ADC, Temperature
from misc import ADC, Temperature
from usr.support import raises

a = ADC()
print(ADC.ADC0, ADC.ADC3, a.open(), a.read(ADC.ADC0), a.read(1), a.read(4), a.read(-1), a.read(1 << 40), a.close())
raises(a.read)
raises(a.read, 'x')
raises(a.read, 1 << 80)
raises(ADC, 1)
print(Temperature().temperature())
