# app_fota_download: loads files for app_fota into /usr/.updater and keeps the list of them.
# Source: the module contract, system, app_fota.
import ql_fs
import request
import ujson
import uos
from app_fota_mount import AppFotaPkgMount

app_fota_pkg_mount = AppFotaPkgMount()
name, platform = uos.uname()[1].split('=', 1)


def get_updater_dir():
    return app_fota_pkg_mount.fota_dir + '/usr/.updater'


def get_download_stat_file():
    return get_updater_dir() + '/download.stat'


def get_update_flag_file():
    return get_updater_dir() + '/update.flag'


updater_dir = get_updater_dir()
download_stat_file = get_download_stat_file()
update_flag_file = get_update_flag_file()


def get_download_stat():
    """The list, or None if there is none that can be read."""
    try:
        return ql_fs.read_json(get_download_stat_file())
    except ValueError:
        return None


def _entry(file_name):
    for entry in get_download_stat() or []:
        if entry['name'].lower() == file_name.lower():
            return entry


def _write_stat(entries):
    ql_fs.touch(get_download_stat_file(), entries)


def update_download_stat(url, file_name, total_size):
    entries = get_download_stat() or []
    new = {'url': url, 'name': file_name, 'total_size': total_size}
    for at, entry in enumerate(entries):
        if entry['name'].lower() == file_name.lower():
            entries[at] = new
            break
    else:
        entries.append(new)
    _write_stat(entries)


def delete_update_file(file_name):
    entries = get_download_stat() or []
    _write_stat([entry for entry in entries if entry['name'].lower() != file_name.lower()])


def download(url, file_name, headers=None, ipvtype=0, username=None, password=None, ext_enable=False, spi_port=None,
             spi_clk=None, dl_location=None):
    """0, or -1. A file that was loaded in part is continued."""
    path = get_updater_dir() + ('' if file_name.startswith('/') else '/') + file_name
    entry = _entry(file_name)
    have = ql_fs.path_getsize(path) if entry and ql_fs.path_exists(path) else 0
    if entry and have == entry['total_size']:
        return 0
    headers = dict(headers) if isinstance(headers, dict) else {}
    headers['Range'] = 'bytes=%d-' % have
    try:
        response = request.get(url, headers=headers, decode=False, ipvtype=ipvtype, username=username,
                               password=password)
        if response.status_code not in (200, 206):
            response.close()
            return -1
        ql_fs.mkdirs(ql_fs.path_dirname(path))
        update_download_stat(url, file_name, 'unknown')
        size = _store(response, path, append=have and response.status_code == 206)
    except Exception:
        return -1
    update_download_stat(url, file_name, size)
    return 0


def _store(response, path, append):
    """The whole file's size. A connection that breaks off is an error, if the server has told the length."""
    expected = response.headers.get('Content-Length')
    came = 0
    with open(path, 'ab' if append else 'wb') as file:
        for part in response.content:
            file.write(part)
            came += len(part)
    if expected and came < int(expected):
        raise OSError('the connection broke off')
    return ql_fs.path_getsize(path)


def bulk_download(info=None, headers=None):
    """None, or the items that could not be loaded."""
    failed = [item for item in info or [] if download(item['url'], item['file_name'], headers) != 0]
    return failed or None


def set_update_flag():
    ql_fs.touch(get_update_flag_file(), '', file_type='flag')
