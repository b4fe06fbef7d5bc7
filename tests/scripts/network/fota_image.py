# options: --lab --ephemeral
import _thread
import fota

ended = _thread.allocate_lock()
ended.acquire()
told = []


def on_progress(args):
    told.append(args)
    if args[0] != 1:
        ended.release()


image = fota(reset_disable=1)
print(image.write(b'abc', 5), image.verify(), image.write('de', 5), image.flush(), image.verify())
print(image.write(b'f', 5), image.write(b'x', -1), image.download_cancel(), image.apn_set(fota_apn='3gnet'))
print(image.httpDownload(), image.httpDownload(url1='http://host/bytes/5000', callback=on_progress))
ended.acquire()
print(told[0][0], told[-1])
print(image.httpDownload('http://host/status/404', None, on_progress))
ended.acquire()
print(told[-1][0])
for wrong in (lambda: image.write(5, 5), lambda: image.write(b'', '5'), lambda: image.write(b'x')):
    try:
        print(wrong())
    except TypeError:
        print('TypeError')
