"""Records what MicroPython's unix port answers under a pseudo terminal: `record_pty.py MICROPYTHON FILE...` writes the `@`
and `<` lines of each transcript that says `# from: unix` anew. README.md tells the format."""

import codecs
import os
import pty
import select
import subprocess
import sys
import tty

QUIET = 0.15  # seconds without a byte: the answer is complete


def unescape(text):
    return codecs.decode(text, "unicode_escape").encode("latin-1")


def escape(data):
    text = "".join(chr(b) if 32 <= b < 127 and b != 92 else NAMES.get(b, "\\x%02x" % b) for b in data)
    return text[:-1] + "\\x20" if text.endswith(" ") else text


NAMES = {10: "\\n", 13: "\\r", 9: "\\t", 92: "\\\\"}


class Recorder:
    def __init__(self, program):
        self.master, slave = pty.openpty()
        tty.setraw(slave)
        self.process = subprocess.Popen([program, "-i"], stdin=slave, stdout=slave, stderr=slave)
        self.greeting = self.answer().removesuffix(">>>\\x20")

    def answer(self):
        data = b""
        while select.select([self.master], [], [], QUIET)[0]:
            data += os.read(self.master, 65536)
        return escape(data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))

    def record(self, lines):
        out = []
        for line in lines:
            if line.startswith("<"):
                continue
            if line == "" or line[0] in ">#":
                self.flush(out)
            out.append("@ " + self.greeting if line.startswith("@") else line)
            if line.startswith("> "):
                os.write(self.master, unescape(line[2:]))
        self.flush(out)
        return out

    def flush(self, out):
        answer = self.answer()
        if answer:
            out.append("< " + answer)


for name in sys.argv[2:]:
    text = open(name).read()
    if "# from: unix\n" in text:
        recorder = Recorder(sys.argv[1])
        lines = recorder.record(text.rstrip().split("\n"))
        recorder.process.kill()
        open(name, "w").write("\n".join(lines) + "\n")
