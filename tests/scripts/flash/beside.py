# A module beside the scripts of this folder.
NAME = __name__
