# cell: uos.mount, umount: partitions of the flash; ENODEV without a medium, EPERM when taken, EINVAL when not mounted
# firmware: documented 2021 2025 micropython
# options: --ephemeral
import uos


def error(call, *args):
    try:
        return call(*args)
    except OSError as e:
        return str(e)


disk = uos.VfsLfs1(32, 32, 32, 'customer_fs', 1, 0)
print(uos.mount(disk, '/ext'), uos.listdir('/'), uos.listdir('/ext'))
with open('/ext/a.txt', 'w') as f:
    f.write('kept')
uos.mkdir('/ext/d')
print(uos.listdir('/ext'), uos.stat('/ext/a.txt')[6], uos.statvfs('/ext')[0])
print(error(uos.mount, disk, '/two'), error(uos.mount, uos.VfsLfs2(32, 32, 32, 'other'), '/ext'))
print(error(uos.mount, uos.VfsLfs2(32, 32, 32, 'other'), '/usr'))
print(uos.umount('/ext'), uos.listdir('/'), error(uos.listdir, '/ext'), error(uos.umount, '/ext'))
print(uos.mount(disk, '/again', True), open('/again/a.txt').read(), error(open, '/again/b', 'w'))
print(uos.umount(disk), uos.VfsLfs1.mkfs(disk), uos.mount(disk, '/ext'), uos.listdir('/ext'), uos.umount('/ext'))
card = uos.VfsSd('sd_fs')
print(card.set_det(1, 0), card.set_callback(lambda state: None))
for device in (card, uos.VfsFat(1, 0, 4, 0), uos.VfsEmmc('emmc'), 5, None):
    print(error(uos.mount, device, '/sd'), error(uos.umount, device))
