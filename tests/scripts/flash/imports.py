# cell: import: usr.x, x on the path, packages, relative, missing, failing
# options: --ephemeral
# exit: 1
# stderr: File "usr/failing.py", line 2, in fail
# stderr: ValueError: in a module
import usys
import usr.pkg.other
from usr.pkg.sub import mod
from usr import pkg
import pkg as plain

print(usr.pkg.other.value, mod.hello(), pkg.other.hello(), plain.mod.NAME)
for text in ('import none_such', 'import usr.none_such', 'from usr.pkg import none_such', 'from usr import pkg.sub'):
    try:
        exec(text)
    except (ImportError, SyntaxError) as e:
        print(type(e).__name__, e if type(e) is ImportError else '')
with open('/usr/made.py', 'w') as f:
    f.write('made = "just now"\nif True:\n\tmade += "!"\n')
import made
print(made.made, usys.modules['made'] is made)
del usys.modules['made']
import made as again
print(again is made)
from usr.failing import fail
fail()
