// Runs a script under MicroPython's build for Node.js: node run.mjs MICROPYTHON.MJS SCRIPT
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [module, script] = process.argv.slice(2);
const { loadMicroPython } = await import(pathToFileURL(module).href);
const micropython = await loadMicroPython({ heapsize: 16 << 20, linebuffer: true, stdout: (line) => console.log(line) });
micropython.runPython(readFileSync(script, 'utf-8'));
