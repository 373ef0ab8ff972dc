// Writes the page as one file, which works from a folder: scripts, style, module and default model are in it.
//
//     node offline.mjs FOLDER > offline.html
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const folder = process.argv[2];
const read = (name) => readFileSync(`${folder}/${name}`, 'utf8');

/** The modules of the page in the order in which they use each other. */
const MODULES = [
  'models.js', 'state.js', 'paper.js', 'client.js', 'hands.js', 'explore.js', 'export.js', 'lesson.js', 'page.js',
];

/** A module as a part of a plain script: imports are in the same scope, each file in a function but for its exports. */
function plain(name) {
  const text = read(name).replace(/^import [^;]*;\n/gm, '').replaceAll('import.meta.url', 'location.href');
  const exported = [...text.matchAll(/^export (?:async )?(?:const|class|function) (\w+)/gm)].map((match) => match[1]);
  const body = text.replace(/^export /gm, '');
  return `const { ${exported.join(', ')} } = (() => {\n${body}\nreturn { ${exported.join(', ')} };\n})();\n`;
}

const embedded = ['digitgen-simd.wasm.gz', 'digitgen-scalar.wasm.gz', 'ink.safetensors.gz'];
const files = Object.fromEntries(
  embedded.map((name) => [name, readFileSync(`${folder}/${name}`).toString('base64')]));
const worker = [plain('models.js'), plain('digitgen.js'), plain('worker.js')].join('');
// No closing tag may end the script element early.
const inScript = (value) => JSON.stringify(value).replaceAll('</', '<\\/');
const script = `'use strict';
globalThis.digitgenFiles = () => Object.fromEntries(Object.entries(${inScript(files)}).map(
  ([name, text]) => [name, Uint8Array.from(atob(text), (character) => character.charCodeAt(0))]));
globalThis.digitgenWorker = () => new Worker(URL.createObjectURL(
  new Blob([${inScript(worker)}], { type: 'text/javascript' })));
${MODULES.map(plain).join('').replaceAll('</', '<\\/')}`;
const style = read('style.css');
const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

process.stdout.write(read('index.html')
  .replace('<html lang="en">', '<html lang="en" data-whole="true">')
  .replace("script-src 'self'", () => `script-src ${hash(script)}`)
  .replace("style-src 'self'", () => `style-src ${hash(style)}`)
  .replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${style}</style>`)
  .replace(/<script src="folder.js"><\/script>\n/, '')
  .replace(/<script type="module"[^>]*><\/script>\n/, '')
  .replace('</body>', () => `<script>${script}</script>\n</body>`));
