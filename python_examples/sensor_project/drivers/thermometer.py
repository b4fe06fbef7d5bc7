# A stand-in for a driver: gives the samples it was made with.


class Thermometer:
    def __init__(self, samples):
        self._samples = samples

    def read_all(self):
        for sample in self._samples:
            yield sample
