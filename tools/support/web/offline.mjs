// Writes the page as one file, which works from a folder: scripts, style, module and default model are in it.
//
//     node offline.mjs FOLDER > offline.html
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const folder = process.argv[2];
const read = (name) => readFileSync(`${folder}/${name}`, 'utf8');

/** A bundle as a part of a plain script, which is no module. */
const plain = (name) => read(name).replaceAll('import.meta.url', 'location.href');

const embedded = ['digitgen-simd.wasm.gz', 'digitgen-scalar.wasm.gz', 'ink.safetensors.gz'];
const files = Object.fromEntries(
  embedded.map((name) => [name, readFileSync(`${folder}/${name}`).toString('base64')]));
// No closing tag may end the script element early.
const inScript = (value) => JSON.stringify(value).replaceAll('</', '<\\/');
const script = `'use strict';
globalThis.digitgenFiles = () => Object.fromEntries(Object.entries(${inScript(files)}).map(
  ([name, text]) => [name, Uint8Array.from(atob(text), (character) => character.charCodeAt(0))]));
globalThis.digitgenWorker = () => new Worker(URL.createObjectURL(
  new Blob([${inScript(plain('worker.js'))}], { type: 'text/javascript' })));
${plain('page.js').replaceAll('</', '<\\/')}`;
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
