# cell: sim, phone book of the card (storage 9)
# firmware: all
import sim
print(sim.getPhonebookStatus())
print(sim.writePhonebook(9, 3, 'Anna', '10010'), sim.writePhonebook(9, 4, b'Bo', b'+86'))
print(sim.readPhonebook(9, 1, 20, ''))
print(sim.readPhonebook(9, 1, 20, 'An'))
print(sim.writePhonebook(9, 3, '', ''), sim.readPhonebook(9, 1, 20, ''))
print(sim.readPhonebook(5, 1, 2, ''))
for bad in ((16, 1, 2, ''), (9, 2, 1, ''), (9, 1, 22, ''), (9, 1, 2, 'x' * 31)):
    try:
        print(sim.readPhonebook(*bad))
    except ValueError:
        print('ValueError')
for bad in ((9, 0, 'a', '1'), (9, 501, 'a', '1'), (9, 1, 'a' * 31, '1'), (9, 1, 'a', '1' * 21)):
    try:
        print(sim.writePhonebook(*bad))
    except ValueError:
        print('ValueError')
