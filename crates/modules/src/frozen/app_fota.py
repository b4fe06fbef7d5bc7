# app_fota: new versions of a script's own files, loaded now and put in place at the next power-on.
# Source: the module contract, system, app_fota.
import app_fota_download
import app_fota_updater
from app_fota_mount import AppFotaPkgMount


class new:
    def __init__(self):
        self.app_fota_pkg_mount = AppFotaPkgMount()
        self.app_fota_pkg_mount.mount_disk()

    def download(self, url, file_name, headers=None, **options):
        return app_fota_download.download(url, file_name, headers, **options)

    def bulk_download(self, info=None, headers=None):
        return app_fota_download.bulk_download(info, headers)

    def set_update_flag(self):
        app_fota_download.set_update_flag()

    def update(self):
        return app_fota_updater.update()
