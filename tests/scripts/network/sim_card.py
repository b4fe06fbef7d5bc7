# cell: sim, status and numbers of the card
# firmware: all
import sim
print(sim.getStatus())
print(len(sim.getImsi()), len(sim.getIccid()), sim.getIccid() == sim.getIccid().upper())
print(type(sim.getPhoneNumber()))
print(sim.getCurSimid(), sim.getSimDet(), sim.setSimDet(1, 0), sim.getSimDet())
for bad in (2, -1):
    try:
        sim.setSimDet(bad, 0)
    except ValueError:
        print('ValueError')
    try:
        sim.switchCard(bad)
    except ValueError:
        print('ValueError')
print(sim.switchCard(1))
try:
    sim.getStatus(1, 2)
except TypeError:
    print('TypeError')
