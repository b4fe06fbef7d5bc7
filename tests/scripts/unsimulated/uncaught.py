# exit: 1
# stderr: Traceback (most recent call last):
# stderr: line 8, in <module>
# stderr: NotImplementedError: camera.camCapture is not simulated: quecpy has no camera.
from camera import camCapture

print('importing is fine')
camCapture(0, 640, 480, 1, 240, 240)
