# hmacSha1: HMAC-SHA1 as text. Source: the published firmware of generation 1, core/source/modsha1.c.
import hmac
import uhashlib

_BLOCK = 64


def _until_nul(text):
    """What C sees of it."""
    if isinstance(text, str):
        text = text.encode()
    if not isinstance(text, bytes):
        raise TypeError("can't convert '%s' object to str implicitly" % type(text).__name__)
    return text.split(b'\0')[0]


def hmac_sha1(key, msg):
    """Hexadecimal digits."""
    key = _until_nul(key)
    if len(key) > _BLOCK:
        # The firmware writes the five words of a long key's digest one byte apart, each over the one before: servers
        # that follow RFC 2104 find another result.
        digest = uhashlib.sha1(key).digest()
        key = bytes([digest[0], digest[4], digest[8], digest[12]]) + digest[16:]
    return hmac.new(key, _until_nul(msg), 'sha1').hexdigest()
