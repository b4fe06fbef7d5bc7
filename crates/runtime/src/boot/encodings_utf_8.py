# A codec as the VM's start asks for it: encoder and decoder; nothing here reads or writes streams through codecs.
import _codecs


def decode(data, errors='strict'):
    return _codecs.utf_8_decode(data, errors, True)


def getregentry():
    return (_codecs.utf_8_encode, decode, None, None)
