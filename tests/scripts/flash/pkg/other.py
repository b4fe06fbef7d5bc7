from .sub.mod import hello
value = 7
