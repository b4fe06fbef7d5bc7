# A codec as the VM's start asks for it: encoder and decoder; nothing here reads or writes streams through codecs.
import _codecs


def decode(data, errors='strict'):
    return _codecs.latin_1_decode(data, errors)


def getregentry():
    return (_codecs.latin_1_encode, decode, None, None)
