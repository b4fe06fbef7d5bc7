from aLiYun import aLiYun
from TenCentYun import TXyun

for client in (aLiYun, TXyun):
    try:
        client('product', None, 'device', 'secret')
    except NotImplementedError as e:
        print(e)
print(hasattr(aLiYun, 'getAliyunSta'), hasattr(TXyun, 'getTXyunsta'))
