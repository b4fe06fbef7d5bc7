"""Talks to a program that wants a terminal: talk.py PROGRAM [EXPECTED [TYPED]]...

Starts PROGRAM (one text, for sh) in a pseudo-terminal, waits for each EXPECTED in turn and types the TYPED behind it (`\\r`, `\\x1d`
and so on are read as in Python), then for the program's end; behind a last EXPECTED without a TYPED it hangs up instead. What
the program printed goes to standard output, its status is the own one.
"""

import os
import pty
import select
import signal
import sys
import time

PATIENCE = 30

program, *steps = sys.argv[1:]
child, terminal = pty.fork()
if child == 0:
    # Whatever started the tests may ignore them (nohup does); a program in a terminal does not.
    for each in signal.SIGHUP, signal.SIGINT, signal.SIGQUIT:
        signal.signal(each, signal.SIG_DFL)
    os.execvp('sh', ['sh', '-c', 'stty raw isig -echo; exec ' + program])

printed = b''
seen = 0


def more(until):
    """Takes what the program prints; False at its end."""
    global printed
    if not select.select([terminal], [], [], max(0, until - time.monotonic()))[0]:
        sys.exit('talk.py: nothing more after ' + repr(printed))
    try:
        got = os.read(terminal, 65536)
    except OSError:
        got = b''
    printed += got
    return got != b''


for index, step in enumerate(steps):
    step = step.encode().decode('unicode_escape').encode()
    if index % 2:
        os.write(terminal, step)
        continue
    until = time.monotonic() + PATIENCE
    while step not in printed[seen:]:
        if not more(until):
            sys.exit('talk.py: it ended after ' + repr(printed))
    seen = printed.index(step, seen) + len(step)
if len(steps) % 2:
    os.kill(child, signal.SIGHUP)
until = time.monotonic() + PATIENCE
while more(until):
    pass
sys.stdout.buffer.write(printed.replace(b'\r\n', b'\n'))
sys.stdout.flush()
status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
sys.exit(0 if len(steps) % 2 else status)
