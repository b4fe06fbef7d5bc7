# app_fota_updater: puts the files that app_fota has loaded in place. Power-on does the same by itself.
import _quecpy_update


def update():
    return _quecpy_update.apply()
