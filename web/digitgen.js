/**
 * Draws handwritten digits: the same bytes as the command `digitgen`, by the same code, compiled to WebAssembly.
 *
 *     import { loadDigitgen } from 'digitgen';
 *     const digitgen = await loadDigitgen();
 *     const { pixels, width, height } = digitgen.draw('2026', { seed: 7 });
 *
 * @module
 */
import { MODELS } from './models.js';

/** The options of a line that are whole numbers. */
const LINE = ['height', 'across', 'margin', 'spacing', 'slope', 'touch', 'wander', 'ink', 'paper'];

/** The options that are true or false. */
const FLAGS = ['invert', 'boxes'];

/** The numbers of a request, in the order of `WebOptions.Option`; those of 64 bits take two places. */
const OPTIONS = [
  'count', 'first', 'seedHigh', 'seedLow', 'styleHigh', 'styleLow', 'vary', 'slant', 'thickness', 'width', 'morphFrom',
  'morphTo', 'size', 'only', ...LINE, ...FLAGS,
];

/** The options of a request that are whole numbers from 0 on. */
const WHOLE = ['count', 'first', 'size', 'only', ...LINE];

/** The greatest whole number of the module, where the images of a request end. */
const GREATEST = 2 ** 31 - 1;

/** A module with an instruction for vectors of 128 bits: valid where the engine has them. */
const SIMD_PROBE = Uint8Array.of(
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
);

/** A request that cannot be drawn, or a model that cannot be read. The message is a sentence for people. */
export class DigitgenError extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = 'DigitgenError';
  }
}

/** The names of the models that come with the package, the default first. */
export const modelNames = Object.keys(MODELS);

/** A random seed, as the command takes one: below 2^53. */
export function randomSeed() {
  const [high, low] = crypto.getRandomValues(new Uint32Array(2));
  return (high >>> 11) * 2 ** 32 + low;
}

/**
 * Loads the module and a model.
 *
 * @param {import('./digitgen').LoadOptions} [options]
 * @returns {Promise<Digitgen>}
 */
export async function loadDigitgen({ model = modelNames[0], files } = {}) {
  if (typeof WebAssembly !== 'object' || typeof DecompressionStream !== 'function') {
    throw new DigitgenError('this needs WebAssembly and DecompressionStream, which browsers have had since 2023');
  }
  const read = files ? async (name) => unpacked(files[name], name) : readFile;
  const build = WebAssembly.validate(SIMD_PROBE) ? 'digitgen-simd.wasm.gz' : 'digitgen-scalar.wasm.gz';
  const [code, bytes] = await Promise.all([read(build), modelBytes(model, read)]);
  const { instance } = await WebAssembly.instantiate(code, {});
  const digitgen = new Digitgen(instance, read);
  digitgen.add(model, bytes);
  return digitgen;
}

/** The functions of a loaded module. */
export class Digitgen {
  #wasm;
  #read;
  #models = new Map();
  /** The number that no model has: the next is loaded under it. */
  #spare = 0;
  #broken = false;

  /** Use `loadDigitgen`. */
  constructor(instance, read) {
    this.#wasm = instance.exports;
    this.#read = read;
  }

  /** The facts about each loaded model, by name. */
  get models() {
    return Object.fromEntries([...this.#models].map(([name, { facts }]) => [name, facts]));
  }

  /** Loads another model of the package, unless it is there already. */
  async load(name) {
    if (!this.#models.has(name)) this.add(name, await modelBytes(name, this.#read));
    return this.models[name];
  }

  /** Adds a model from the bytes of the safetensors file inside its bundle. Returns the facts about it. */
  add(name, bytes) {
    const number = this.#spare;
    const room = this.#put(bytes);
    const facts = JSON.parse(this.#answer(() => this.#wasm.dg_load(number, room, bytes.length), room));
    const expected = MODELS[name]?.sha256;
    if (expected && facts.sha256 !== expected) throw new DigitgenError(`the model "${name}" is damaged: load it again`);
    const replaced = this.#models.get(name);
    this.#models.set(name, { number, facts });
    this.#spare = replaced ? replaced.number : this.#models.size;
    return facts;
  }

  /** Draws the images of a request. See `DrawOptions` for what can be asked for. */
  draw(text, options = {}) {
    const seed = options.seed ?? randomSeed();
    const pixels = this.#call('dg_draw', text, { ...options, seed });
    const [count, width, height] = [1, 2, 3].map((index) => this.#wasm.dg_measure(index));
    return { pixels, count, width, height, seed };
  }

  /** The outlines of a request's digits: SVG path data for each, in squares of `size` (28 unless asked for). */
  outlines(text, options = {}) {
    const seed = options.seed ?? randomSeed();
    const lines = new TextDecoder().decode(this.#call('dg_outline', text, { ...options, seed })).split('\n');
    return { paths: lines.slice(0, -1), size: options.size ?? 28, seed };
  }

  /** Draws a line: a text in one hand. See `LineOptions` for what can be asked for. */
  line(text, options = {}) {
    const seed = options.seed ?? randomSeed();
    const bytes = this.#call('dg_line', text, { ...options, seed });
    const [count, width, height] = [1, 2, 3].map((index) => this.#wasm.dg_measure(index));
    // After the pixels come four numbers for each box, and the text.
    const [end, start] = [width * height, width * height + 16 * count];
    const numbers = [...new Uint32Array(bytes.slice(end, start).buffer)];
    const boxes = Array.from({ length: count }, (_, index) => numbers.slice(4 * index, 4 * index + 4));
    const drawn = new TextDecoder().decode(bytes.subarray(start));
    return { pixels: bytes.subarray(0, end), width, height, text: drawn, boxes, seed };
  }

  /** The outlines of a line: SVG path data in pixels of its picture. */
  lineOutlines(text, options = {}) {
    const seed = options.seed ?? randomSeed();
    return { ...JSON.parse(new TextDecoder().decode(this.#call('dg_line_outline', text, { ...options, seed }))), seed };
  }

  #call(name, text, options) {
    if (typeof text !== 'string') throw new DigitgenError('expected digits in a string');
    const model = this.#models.get(options.model ?? this.#models.keys().next().value);
    if (!model) throw new DigitgenError(`the model "${options.model}" is not loaded`);
    const numbers = numbersOf(options);
    const digits = new TextEncoder().encode(text);
    const rooms = [this.#put(digits), this.#put(new Uint8Array(numbers.buffer))];
    return this.#result(() => this.#wasm[name](model.number, rooms[0], digits.length, rooms[1]), ...rooms);
  }

  #put(bytes) {
    this.#check();
    const room = this.#run(() => this.#wasm.dg_reserve(Math.max(bytes.length, 1)));
    new Uint8Array(this.#wasm.memory.buffer, room, bytes.length).set(bytes);
    return room;
  }

  #answer(body, ...rooms) {
    return new TextDecoder().decode(this.#result(body, ...rooms));
  }

  /** Runs a function of the module, frees what it was given, and copies its result. */
  #result(body, ...rooms) {
    this.#check();
    const status = this.#run(body);
    for (const room of rooms) this.#wasm.dg_release(room);
    const length = this.#wasm.dg_measure(0);
    const bytes = new Uint8Array(this.#wasm.memory.buffer, this.#wasm.dg_result(), length).slice();
    if (status !== 0) throw new DigitgenError(new TextDecoder().decode(bytes));
    return bytes;
  }

  /** Runs a function of the module that traps when memory is short: then the memory may be in any state. */
  #run(body) {
    try {
      return body();
    } catch (error) {
      this.#broken = true;
      throw new DigitgenError(`the model or the request is beyond this module's memory (${error.message})`);
    }
  }

  #check() {
    if (this.#broken) throw new DigitgenError('the module stopped after an error: load it again');
  }
}

/** The numbers of a request, NaN for what is not asked for. */
function numbersOf(options) {
  const values = { vary: options.vary, slant: options.slant, thickness: options.thickness, width: options.width };
  for (const name of WHOLE) {
    if (options[name] !== undefined) values[name] = wholeNumber(options[name], name, GREATEST);
  }
  for (const name of FLAGS) if (options[name] !== undefined) values[name] = options[name] ? 1 : 0;
  const { count = 1, first = 0, only = first } = values;
  if (first > GREATEST - count) {
    throw new DigitgenError(`first and count must be at most ${GREATEST} together`);
  }
  if (count > 0 && (only < first || only >= first + count)) {
    throw new DigitgenError(`only must be the number of an image of the request, ${first} to ${first + count - 1}`);
  }
  for (const name of ['seed', 'style']) {
    if (options[name] === undefined) continue;
    const number = bigNumber(options[name], name);
    values[`${name}High`] = Number(number >> 32n);
    values[`${name}Low`] = Number(number & 0xffffffffn);
  }
  if (options.morph !== undefined) {
    const [from, to] = options.morph;
    values.morphFrom = wholeNumber(from, 'morph', Number.MAX_SAFE_INTEGER);
    values.morphTo = wholeNumber(to, 'morph', Number.MAX_SAFE_INTEGER);
  }
  if (values.vary !== undefined && !(values.vary >= 0 && values.vary <= 1)) {
    throw new DigitgenError('vary must be from 0 to 1');
  }
  return Float64Array.from(OPTIONS, (name) => {
    const value = values[name];
    if (value !== undefined && !Number.isFinite(value)) throw new DigitgenError(`${name} must be a number`);
    return value ?? NaN;
  });
}

function wholeNumber(value, name, limit) {
  if (!Number.isInteger(value) || value < 0 || value > limit) {
    throw new DigitgenError(`${name} must be a whole number from 0 to ${limit}`);
  }
  return value;
}

function bigNumber(value, name) {
  const isWhole = typeof value === 'bigint' || Number.isSafeInteger(value);
  if (!isWhole || value < 0 || value >= 2n ** 64n) {
    throw new DigitgenError(`${name} must be a whole number from 0 to 2^53, or a BigInt below 2^64`);
  }
  return BigInt(value);
}

async function modelBytes(name, read) {
  const entry = MODELS[name];
  if (!entry) throw new DigitgenError(`unknown model "${name}"; expected one of ${modelNames.join(', ')}`);
  return read(entry.file);
}

/** A file beside this one: fetched in a browser, read in Node. */
async function readFile(name) {
  const url = new URL(name, import.meta.url);
  let bytes;
  try {
    if (url.protocol === 'file:' && globalThis.process?.versions?.node) {
      const { readFile } = await import('node:fs/promises');
      bytes = await readFile(url);
    } else {
      const response = await fetch(url);
      if (!response.ok) throw new Error(`status ${response.status}`);
      bytes = new Uint8Array(await response.arrayBuffer());
    }
  } catch (error) {
    throw new DigitgenError(`cannot load ${name}: ${error.message}`);
  }
  return unpacked(bytes, name);
}

/** The content of a gzip file. Some servers have it unpacked already. */
async function unpacked(bytes, name) {
  if (!bytes) throw new DigitgenError(`${name} is not part of this page; open it from a web server`);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    throw new DigitgenError(`${name} is cut short or damaged: load it again`);
  }
}
