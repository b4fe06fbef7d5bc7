# firmware: documented 2021
import _thread
import voiceCall

heard = _thread.allocate_lock()
heard.acquire()
told = []


def on_call(args):
    told.append(args)
    if args[0] == 12:
        heard.release()


print(voiceCall.setCallback(on_call))
print(voiceCall.callAnswer(), voiceCall.callEnd())
print(voiceCall.callStart('10086'), voiceCall.callStart('10010'), voiceCall.startDtmf('1*#', 100))
print(voiceCall.callEnd(), voiceCall.callEnd(), voiceCall.startDtmf('1', 100))
heard.acquire()
for args in told:
    print(args)
print(voiceCall.getVolume(), voiceCall.setVolume(11), voiceCall.getVolume())
print(voiceCall.setAutoAnswer(255), voiceCall.setChannel(2), voiceCall.setFw(0, 1, b'10086'))
print(voiceCall.setAutoCancel(1), voiceCall.getAutoCancelStatus())
print(voiceCall.startRecord(0, 0, 'U:/a.wav'), voiceCall.dtmfDetEnable(1), voiceCall.dtmfSetCb(None))
for wrong in (lambda: voiceCall.setVolume(12), lambda: voiceCall.setAutoAnswer(256), lambda: voiceCall.setChannel(-1),
              lambda: voiceCall.startDtmf('1' * 33, 100), lambda: voiceCall.startDtmf('1', 99),
              lambda: voiceCall.setFw(4, 0, ''), lambda: voiceCall.callStart(), lambda: voiceCall.setCallback('x')):
    try:
        print(wrong())
    except (ValueError, TypeError) as e:
        print(type(e).__name__)
