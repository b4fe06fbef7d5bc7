# cell: sim, PIN: three wrong ones ask for the PUK, ten wrong PUKs block the card
# firmware: all
import sim
print(sim.enablePin('1234'), sim.verifyPin(b'1234'), sim.changePin('1234', '5678'))
print([sim.verifyPin('0000') for _ in range(3)], sim.getStatus(), sim.getImsi())
print(sim.verifyPin('5678'))
print(sim.unblockPin('11111111', '4321'), sim.unblockPin('12345678', '4321'), sim.getStatus())
print(sim.disablePin('4321'), sim.verifyPin('4321'))
try:
    sim.verifyPin('1' * 16)
except ValueError:
    print('ValueError')
print([sim.unblockPin('11111111', '4321') for _ in range(10)][-1], sim.getStatus())
