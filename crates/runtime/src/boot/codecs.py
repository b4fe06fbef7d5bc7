# The VM imports this name at its start. A module of Quectel's has no codecs, and the three below need none of it.
