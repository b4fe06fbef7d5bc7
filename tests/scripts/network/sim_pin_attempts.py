# cell: sim, getPinRemAttempts (generation 2 and later)
# firmware: all
import sim
if not hasattr(sim, 'getPinRemAttempts'):
    print('absent')
else:
    sim.verifyPin('0000')
    print(sim.getPinRemAttempts(), sim.getPinRemAttempts(1))
