# firmware: documented
import misc
print(misc.replEnable(0), misc.replUpdatePassswd('old', 'new'))
