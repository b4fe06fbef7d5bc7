# cell: hmacSha1
# firmware: documented 2021 2025 2026
import hmacSha1

# RFC 2202, cases 2 and 6: generation 1 does not fold a key over 64 bytes as the RFC does.
print(hmacSha1.hmac_sha1('Jefe', 'what do ya want for nothing?'))
print(hmacSha1.hmac_sha1(b'\xaa' * 80, b'Test Using Larger Than Block-Size Key - Hash Key First'))
print(hmacSha1.hmac_sha1('k' * 64, 'm'), hmacSha1.hmac_sha1('Jefe\0x', 'm\0n') == hmacSha1.hmac_sha1('Jefe', 'm'))
for arguments in ((1, 'm'), ('k', None)):
    try:
        hmacSha1.hmac_sha1(*arguments)
    except TypeError as e:
        print(e)
