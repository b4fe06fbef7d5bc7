# options: --lab --ephemeral
# stderr: the module restarts
# Files are loaded, and are in place after the restart that follows.
import app_fota
import app_fota_download
import app_fota_mount
import app_fota_updater
import atcmd
import ql_fs
import uos

URL = 'http://host/bytes/%d'


def load():
    fota = app_fota.new()
    print(fota.download(URL % 300, '/usr/lib/data.bin'), fota.download(URL % 300, '/usr/lib/data.bin'))
    print(fota.download('http://host/status/404', '/usr/no.bin'), app_fota_updater.update())
    failed = fota.bulk_download([{'url': URL % 1, 'file_name': '/usr/a.bin'},
                                 {'url': 'http://host/status/500', 'file_name': '/usr/b.bin'}])
    print(failed, fota.bulk_download([{'url': URL % 2, 'file_name': '/usr/c.bin'}]), fota.bulk_download())
    stat = ql_fs.read_json(app_fota_download.get_download_stat_file())
    print([(entry['name'], entry['total_size']) for entry in stat])
    print(app_fota_download.updater_dir, sorted(uos.listdir('/usr/.updater')), app_fota_mount.AppFotaPkgMount().mount_state)
    print(ql_fs.path_exists('/usr/lib/data.bin'), fota.set_update_flag())


if ql_fs.path_exists('/usr/a.bin'):
    print(ql_fs.path_getsize('/usr/lib/data.bin'), ql_fs.path_getsize('/usr/c.bin'), ql_fs.path_exists('/usr/.updater'))
else:
    load()
    atcmd.sendSync('AT+QRST\r\n', bytearray(1), '', 1)
