# cell: names with two underscores stay as they are written
# firmware: all
class A:
    __of_class = 1

    def __init__(self):
        self.__x = 2
        __local = 3
        self.__dunder__ = lambda: __local

    def __method(self):
        def inner():
            return self.__x

        return inner()

    def call(self):
        return self.__method() + self.__of_class


class _B(A):
    def call(self):
        return self.__x + self.__method()


a = A()
print(a.__x, a.__method(), a.__of_class, a.call(), a.__dunder__(), getattr(a, '__x'))
b = _B()
b.__x = 5
print(b.call(), b.__x, A.__of_class)
