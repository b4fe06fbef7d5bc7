# firmware: documented 2021
# options: --board {here}/voicecall_circuit.toml
# A network without VoLTE has events of its own.
import _thread
import voiceCall

heard = _thread.allocate_lock()
heard.acquire()


def on_call(args):
    print(args)
    if args == (4, 1, 16):
        heard.release()


voiceCall.setCallback(on_call)
voiceCall.callStart('10086')
voiceCall.callEnd()
heard.acquire()
