import Opus
import G711
import rsa
import tp
import sif
import lwm2m
import TiktokRTC
import dial
import nb
import poc
import quecIot
import sensor
import slip
import __wifiLocator
from hls import hls_audio
from librtmp import RTMP

for use in (
    lambda: Opus.Opus(), lambda: G711.open, lambda: rsa.encrypt, lambda: tp.gt911, lambda: sif.send, lambda: lwm2m.register,
    lambda: TiktokRTC.start, lambda: dial.start, lambda: nb.OC('h', '1'), lambda: nb.ONENET, lambda: poc.login(print),
    lambda: quecIot.init(), lambda: sensor.SN95500(), lambda: slip.construct(1, '1', '2', '3'),
    lambda: __wifiLocator.getWifilocreq('t'), lambda: hls_audio().play('http://h/a.mp3'), lambda: RTMP('rtmp://h/a'),
):
    try:
        use()
    except NotImplementedError as e:
        print(e)
