"""Thonny's back end for QuecPython, without a window: thonny_talk.py PORT COMMAND...

Starts it as Thonny does, gives it each COMMAND in turn (a Python expression that makes a message) and prints what it answers.
"""

import atexit
import os
import subprocess
import sys

os.environ['THONNY_USER_DIR'] = os.path.abspath('thonny-home')
os.makedirs('thonny-home', exist_ok=True)
from thonny.common import InlineCommand, ToplevelCommand, parse_message, serialize_message

port, *commands = sys.argv[1:]
options = {
    'port': port,
    'clean': False,
    'interrupt_on_connect': True,
    'sync_time': False,
    'local_rtc': True,
    'cwd': None,
    'proxy_class': 'x',
}
module = 'thonnycontrib.quecpython.backend.bare_metal_backend'
back_end = subprocess.Popen(
    [sys.executable, '-m', module, repr(options)],
    stdin=subprocess.PIPE,
    stdout=subprocess.PIPE,
    text=True,
)
atexit.register(back_end.kill)


def answer():
    """Prints what the back end says, up to its answer to a command."""
    while line := back_end.stdout.readline():
        if not line.startswith('\x02'):
            continue
        message = parse_message(line)
        kind = type(message).__name__
        if kind in ('ToplevelResponse', 'InlineResponse'):
            hidden = ('event_type', 'sequence', 'command_name', 'welcome_text', 'command_id', 'in_response_to')
            return {k: v for k, v in vars(message).items() if k not in hidden}
        if getattr(message, 'event_type', None) == 'ProgramOutput':
            print(message.stream_name + ':', repr(message.data))
    sys.exit('the back end has ended')


print(answer())
for number, command in enumerate(commands):
    print('>', command)
    message = eval(command)
    message.id = number
    back_end.stdin.write(serialize_message(message) + '\n')
    back_end.stdin.flush()
    print(answer())
