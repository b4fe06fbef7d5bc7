import lvgl as lv

for name in ('obj', 'ALIGN'):
    try:
        getattr(lv, name)
    except NotImplementedError as e:
        print(e)
try:
    lv.scr_act().clean()
except NotImplementedError as e:
    print(e)
try:
    from lvgl import btn
except ImportError as e:
    print('ImportError', e)
import lvgl
print(lvgl is lv, lvgl.__name__)
