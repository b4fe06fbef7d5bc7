// Records what MicroPython's webassembly port answers: `node record.mjs FILE...` writes the `@` and `<` lines of each
// transcript that says `# from: webassembly` anew. README.md tells the format.
import fs from "node:fs";
import { loadMicroPython } from "@micropython/micropython-webassembly-pyscript";

const NAMED = { n: 10, r: 13, t: 9, "\\": 92 };

function unescape(text) {
  const bytes = [];
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== "\\") bytes.push(text.charCodeAt(at));
    else if (text[++at] !== "x") bytes.push(NAMED[text[at]]);
    else bytes.push(parseInt(text.slice(at + 1, (at += 2) + 1), 16));
  }
  return bytes;
}

function escape(bytes) {
  const names = Object.fromEntries(Object.entries(NAMED).map(([name, byte]) => [byte, "\\" + name]));
  const plain = (byte, last) => byte > 32 && byte < 127 || byte === 32 && !last;
  const hex = (byte) => "\\x" + byte.toString(16).padStart(2, "0");
  return bytes
    .map((byte, at) => names[byte] ?? (plain(byte, at === bytes.length - 1) ? String.fromCharCode(byte) : hex(byte)))
    .join("");
}

function cooked(bytes) {
  return bytes.flatMap((byte, at) => (byte === 10 && bytes[at - 1] !== 13 ? [13, 10] : [byte]));
}

async function record(lines) {
  let received = [];
  const stdout = (data) => received.push(...data);
  const mp = await loadMicroPython({ heapsize: 1 << 20, linebuffer: false, stdout });
  const take = () => escape(cooked(received.splice(0)));
  mp.replInit();
  const greeting = take().replace(/^\\r\\n/, "").replace(/>>>\\x20$/, "");
  const out = [];
  for (const line of lines) {
    if (line.startsWith("<")) continue;
    if (/^[>#]|^$/.test(line)) flush();
    out.push(line.startsWith("@") ? "@ " + greeting : line);
    if (line.startsWith("> ")) unescape(line.slice(2)).forEach((byte) => mp.replProcessChar(byte));
  }
  flush();
  return out;

  function flush() {
    const answer = take();
    if (answer) out.push("< " + answer);
  }
}

for (const file of process.argv.slice(2)) {
  const text = fs.readFileSync(file, "utf8");
  if (!text.includes("# from: webassembly\n")) continue;
  fs.writeFileSync(file, (await record(text.trimEnd().split("\n"))).join("\n") + "\n");
}
process.exit(0);
