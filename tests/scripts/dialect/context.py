# cell: with: what has no __enter__ or __exit__
# firmware: all
class A:
    pass


class OnlyExit:
    def __exit__(self, *args):
        pass


class Both(OnlyExit):
    def __enter__(self):
        return 5


for thing in (5, A(), OnlyExit(), Both()):
    try:
        with thing as x:
            print(x)
    except AttributeError as e:
        print(e)
    print(hasattr(thing, '__enter__'), hasattr(thing, '__exit__'))
