# cell: the current folder when a script starts, and what is told of a relative path that fails for it
# firmware: documented 2021 2025 2026
# options: --ephemeral
# stderr: start_folder.py:12: open("beside.py"): the current folder is / at power-on, as on a module, and has no such file; a script's files are in /usr: "/usr/beside.py"
# stderr: start_folder.py:22: open("new"): the current folder is / at power-on, as on a module, and is read-only; a script's files are in /usr: "/usr/new"
# stderr: start_folder.py:12: stat("beside.py"): the current folder
import uos


def number(call, *args):
    try:
        call(*args)
    except OSError as e:
        return e.args[0]


print(uos.getcwd())
print(number(open, 'beside.py'))


def write():
    open('new', 'w')


print(number(write))
# What is not in /usr either is simply not there.
print(number(uos.stat, 'beside.py'), number(open, 'nowhere'), number(open, '/beside.py'))
uos.chdir('/usr')
print(number(open, 'nowhere'), open('beside.py').read(1))
