# firmware: all
import misc
print(' '.join(sorted(n for n in dir(misc) if not n.startswith('_'))))
