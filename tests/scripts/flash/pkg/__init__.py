from .sub import mod
from . import other
