raise ValueError("of the script")
