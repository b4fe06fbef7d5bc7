# cell: indentation: a tab reaches to the next multiple of 8 columns and mixes with blanks
# firmware: all
# exit: 1
# stderr: tabs.py", line 20, in <module>
def f(n):
	if n:
        	return "tab and blanks"
	else:
    		return """a
	tab in a text"""
        # blanks

print(f(1))
print(repr(f(0)))
if True:
	x = [1,
    2,
	3]
        print(x)
raise ValueError("line 20")
