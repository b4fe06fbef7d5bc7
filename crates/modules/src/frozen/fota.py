# fota: the firmware's update. An image is taken and checked for its length; installing it changes nothing here.
# The module's name stands for the class itself: the registry binds it.
# Source: the module contract, system, fota.
import _quecpy_update
import _thread
import request

# What a callback is told first.
_LOADING = 1
_DONE = 2
_FAILED = -1
# And second, after _FAILED.
_NO_ANSWER = 601
_CANCELLED = 602


class fota:
    def __init__(self, reset_disable=0):
        self._restarts = not reset_disable
        self._loading = False
        self._cancelled = False

    def httpDownload(self, url1=None, url2=None, callback=None):
        """Loads in a thread of its own and tells the callback (status, progress)."""
        urls = [url for url in (url1, url2) if url]
        if not urls or self._loading:
            return -1
        self._loading = True
        self._cancelled = False
        _thread.start_new_thread(self._load, (urls, callback))
        return 0

    def _load(self, urls, callback):
        def tell(*args):
            if callback:
                callback(args)

        fault = None
        try:
            for url in urls:
                fault = fault or self._load_one(url, tell)
        except Exception:
            fault = _NO_ANSWER
        self._loading = False
        if fault:
            tell(_FAILED, fault)
            return
        tell(_DONE, 100)
        if self._restarts:
            _quecpy_update.restart()

    def _load_one(self, url, tell):
        """None, or what went wrong."""
        response = request.get(url, decode=False)
        total = int(response.headers.get('Content-Length', '0'))
        if response.status_code != 200 or not total:
            response.close()
            return _NO_ANSWER
        done = 0
        for part in response.content:
            if self._cancelled:
                response.close()
                return _CANCELLED
            _quecpy_update.write(part, total)
            done += len(part)
            tell(_LOADING, done * 100 // total)
        return None if _quecpy_update.verify() == 0 else _NO_ANSWER

    def apn_set(self, fota_apn=None, ip_type=None, fota_user=None, fota_password=None):
        return 0

    def download_cancel(self):
        was_loading = self._loading
        self._cancelled = True
        return 0 if was_loading else -1

    def write(self, bytesData, file_size):
        return _quecpy_update.write(bytesData, file_size)

    def flush(self):
        return 0

    def verify(self):
        return _quecpy_update.verify()
