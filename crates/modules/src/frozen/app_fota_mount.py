# app_fota_mount: where app_fota keeps what it loads. Here that is the flash itself, and nothing is mounted.


class AppFotaPkgMount:
    _only = None

    def __new__(cls, *args, **kwargs):
        if cls._only is None:
            cls._only = object.__new__(cls)
            cls._only._mounted = False
        return cls._only

    @property
    def mount_state(self):
        return self._mounted

    @property
    def can_mount(self):
        return self._mounted

    @property
    def fota_dir(self):
        return ''

    def mount_disk(self):
        self._mounted = True

    def umount_disk(self):
        self._mounted = False

    def get_fota_file_name(self, path):
        return self.fota_dir + path
