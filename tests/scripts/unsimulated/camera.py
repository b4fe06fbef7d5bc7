import camera

for old, new in (('camPreview', 'CamPreview'), ('camScandecode', 'CamDecoder'), ('camCapture', 'CamCapture')):
    for name in (old, new):
        try:
            getattr(camera, name)(0, 640, 480, 1, 240, 240)
        except NotImplementedError as e:
            print(e)
try:
    camera.CamDecoder.resume(None)
except NotImplementedError as e:
    print(e)
