# firmware: all
import pm

a = pm.create_wakelock('lock', 4)
b = pm.create_wakelock(b'other')
print(a, b, pm.get_wakelock_num())
print(pm.wakelock_lock(a), pm.wakelock_unlock(a), pm.wakelock_lock(99), pm.wakelock_unlock(-1))
print(pm.delete_wakelock(a), pm.delete_wakelock(a), pm.get_wakelock_num())
print(pm.autosleep(1), pm.autosleep(0), pm.autosleep(2))
print(pm.get_psm_time(), pm.set_psm_time(1, 5, 2, 3), pm.get_psm_time())
print(pm.set_psm_time(0), pm.get_psm_time()[0], pm.set_psm_time(9, 0, 0, 0), pm.set_psm_time(7))
print(pm.set_edrx_time(1, 4, 5), pm.get_edrx_time()[:3], pm.set_edrx_time(1, 4, 99))
for wrong in (lambda: pm.create_wakelock(), lambda: pm.create_wakelock(5), lambda: pm.set_psm_time(1, 2),
              lambda: pm.autosleep('1'), lambda: pm.set_sleep_cb(5)):
    try:
        print(wrong())
    except TypeError:
        print('TypeError')
print(pm.set_sleep_cb(print), pm.set_sleep_cb(None))
while pm.create_wakelock('x') != -1:
    pass
print(pm.get_wakelock_num())
