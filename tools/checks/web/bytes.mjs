// Compares the module's bytes with the command's, and measures how fast it draws.
//
//     node bytes.mjs PACKAGE DIGITGEN COUNT [--rates]
//
// With --rates, digits that are drawn too slowly are a failure.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { expect, finish } from './expectations.mjs';

const [folder, digitgen, count, option] = process.argv.slice(2);
const { loadDigitgen, modelNames, DigitgenError } = await import(pathToFileURL(`${folder}/digitgen.js`));
const read = (name) => new Uint8Array(readFileSync(`${folder}/${name}`));
const scalar = {
  'digitgen-simd.wasm.gz': read('digitgen-scalar.wasm.gz'), 'digitgen-scalar.wasm.gz': read('digitgen-scalar.wasm.gz'),
  'ink.safetensors.gz': read('ink.safetensors.gz'),
};
const builds = { simd: await loadDigitgen(), scalar: await loadDigitgen({ files: scalar }) };

/** A small generator of random numbers, so that a failure can be repeated: mulberry32. */
function randomNumbers(seed) {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
}

const seed = Math.floor(Math.random() * 2 ** 31);
const random = randomNumbers(seed);
const chance = (percent) => random(100) < percent;

/** A random request: a text, a seed, and often a hand or a style. */
function randomRequest() {
  const text = Array.from({ length: 1 + random(chance(4) ? 64 : 5) }, () => random(10)).join('');
  const options = { seed: chance(10) ? BigInt(random(2 ** 32)) * BigInt(random(2 ** 32)) : random(2 ** 31) };
  if (chance(50)) options.style = random(chance(50) ? 30 : 2 ** 31);
  if (chance(20)) options.vary = random(101) / 100;
  if (chance(15)) options.slant = random(30) - 5;
  if (chance(10)) options.thickness = (110 + random(40)) / 1000;
  if (chance(10)) options.size = 8 + random(120);
  if (chance(10)) options.count = 1 + random(4);
  return [text, options];
}

function command(text, options) {
  const words = Object.entries(options).flatMap(([name, value]) => [`--${name}=${value}`]);
  return [text, ...words, '--format', 'raw'];
}

/** The command's pixels; nothing for a request that it refuses. */
function pixelsOfCommand(words) {
  try {
    return execFileSync(digitgen, words, { stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 2 ** 28 });
  } catch (error) {
    if (error.status !== 64) throw error;
    return undefined;
  }
}

/** The sentence that a call is refused with. */
function refusal(call) {
  try {
    call();
  } catch (error) {
    return error instanceof DigitgenError ? error.message : undefined;
  }
  return undefined;
}

let drawn = 0;
for (let index = 0; index < Number(count); index += 1) {
  const [text, options] = randomRequest();
  const expected = pixelsOfCommand(command(text, options));
  for (const [name, build] of Object.entries(builds)) {
    // The scalar build is slow: every twentieth is enough.
    if (name === 'scalar' && index % 20 > 0) continue;
    let found;
    try {
      found = Buffer.from(build.draw(text, options).pixels);
    } catch (error) {
      if (!(error instanceof DigitgenError)) throw error;
    }
    const isSame = expected === undefined ? found === undefined : found !== undefined && expected.equals(found);
    expect(isSame, `${name}: ${command(text, options).join(' ')} (seed ${seed})`);
  }
  if (expected !== undefined) drawn += 1;
}
console.log(`${drawn} of ${count} requests are drawn, ${count - drawn} refused (seed ${seed})`);
expect(drawn > 0.8 * count, 'more than 80 % of the requests are drawn');

// Lines, by the protocol, which draws all of them in one process.
const MARKS = '-.,/:+() ';
function randomLine() {
  const text = Array.from({ length: 1 + random(chance(4) ? 100 : 12) }, () =>
    (chance(70) ? String(random(10)) : MARKS[random(MARKS.length)])).join('');
  const options = { seed: random(2 ** 31) };
  const some = {
    height: () => 12 + random(chance(5) ? 1020 : 120), across: () => 60 + random(900), margin: () => random(8),
    spacing: () => random(205), slope: () => random(22), touch: () => random(102), wander: () => random(52),
    ink: () => random(257), paper: () => random(100), invert: () => chance(50), boxes: () => chance(50),
    first: () => random(2 ** 20),
  };
  for (const [name, value] of Object.entries(some)) if (chance(name === 'height' ? 60 : 12)) options[name] = value();
  if (chance(50)) options.style = random(chance(50) ? 30 : 2 ** 31);
  if (chance(20)) options.vary = random(101) / 100;
  if (chance(15)) options.slant = random(30) - 5;
  if (chance(10)) options.thickness = (110 + random(40)) / 1000;
  return [text, options];
}

const lines = Array.from({ length: count / 2 }, randomLine);
// The corners: the longest, the largest, marks alone, and digits that are asked for as a line.
lines.push(['8'.repeat(100), { seed: 1, height: 16 }], ['(2)', { seed: 2, height: 1024 }], ['-', { seed: 3 }],
  ['2026', { seed: 4, height: 48 }], ['1'.repeat(101), { seed: 5 }], ['  ', { seed: 6 }], ['1a', { seed: 7 }]);
const requests = lines.map(([text, options]) => JSON.stringify({ text, layout: 'line', format: 'raw', ...options }));
const replies = spawnSync(digitgen, ['serve'], { input: `${requests.join('\n')}\n`, maxBuffer: 2 ** 30 }).stdout
  .toString().trim().split('\n').map((line) => JSON.parse(line));
let drawnLines = 0;
lines.forEach(([text, options], index) => {
  const reply = replies[index];
  for (const [name, build] of Object.entries(builds)) {
    if (name === 'scalar' && index % 20 > 0) continue;
    const sentence = `${name}: ${requests[index]} (seed ${seed})`;
    let found;
    const message = refusal(() => { found = build.line(text, options); });
    if (!reply.ok) {
      expect(message !== undefined, `${sentence} is refused`);
      continue;
    }
    expect(found !== undefined, `${sentence} is drawn: ${message}`);
    if (found === undefined) continue;
    const { width, height, boxes, text: drawnText } = found;
    expect(Buffer.from(reply.data, 'base64').equals(found.pixels), `the bytes of ${sentence}`);
    expect(JSON.stringify([width, height, boxes, drawnText]) ===
      JSON.stringify([reply.width, reply.height, reply.boxes, reply.text]), `the boxes of ${sentence}`);
  }
  if (reply.ok) drawnLines += 1;
});
console.log(`${drawnLines} of ${lines.length} lines are drawn, ${lines.length - drawnLines} refused`);
expect(drawnLines > 0.5 * lines.length, 'more than half of the lines are drawn');

// As the command writes them.
{
  const words = ['555-1234', '--height', '64', '--seed', '3', '--format', 'pgm'];
  const found = builds.simd.line('555-1234', { height: 64, seed: 3 });
  const file = Buffer.concat([Buffer.from(`P5\n${found.width} ${found.height}\n255\n`), found.pixels]);
  expect(pixelsOfCommand(words).equals(file), 'the bytes of a line of the command');
}

// The outlines of a line are where its ink is.
for (const [text, options] of [['+1 (23)/45.67-8:9,0', { seed: 5, height: 64, spacing: 60, touch: 0 }]]) {
  const { boxes } = builds.simd.line(text, options);
  const { characters } = builds.simd.lineOutlines(text, options);
  expect(characters.length === boxes.length, 'an outline for each box');
  characters.forEach(({ d, pen = 0 }, index) => {
    const numbers = d.match(/-?[\d.]+/g).map(Number);
    const [x, y, width, height] = boxes[index];
    const inside = numbers.every((number, place) => (place % 2 === 0
      ? number > x - 3 - pen && number < x + width + 3 + pen : number > y - 3 - pen && number < y + height + 3 + pen));
    expect(inside, `the outline of character ${index} in its box`);
  });
}

// Mistakes are sentences, and the next request is drawn.
const simd = builds.simd;
for (const [text, options] of [
  ['4x', {}], ['1'.repeat(65), {}], ['1', { slant: 59 }], ['1', { size: 7 }], ['1', { count: 0 }], ['1', { seed: -1 }],
  ['1', { vary: 2 }], ['1', { model: 'none' }], ['1', { size: 2048, count: 2000 }], ['1', { first: 2 ** 31 - 1 }],
  ['1', { first: 2 ** 31 - 10, count: 10 }], ['1', { only: 1 }], ['1', { first: 5, count: 2, only: 4 }],
  ['1', { only: 2 ** 31 - 1 }],
]) {
  expect(refusal(() => simd.draw(text, options)), `a sentence for ${text} ${JSON.stringify(options)}`);
}
for (const bytes of [new Uint8Array(0), read('ink.safetensors.gz').subarray(0, 1000)]) {
  const damaged = await loadDigitgen({ files: { ...scalar, 'ink.safetensors.gz': bytes } }).catch((error) => error);
  expect(damaged instanceof DigitgenError, 'a sentence for a bundle that is cut short');
}
expect(simd.draw('8', { seed: 1 }).pixels.length === 784, 'a digit after the mistakes');

// The last images that there are, and one image of several.
const last = { seed: 1, first: 2 ** 31 - 3, count: 2 };
const both = Buffer.from(simd.draw('8', last).pixels);
expect(both.equals(pixelsOfCommand(command('8', last))), 'the bytes of the last images');
const alone = simd.draw('8', { ...last, only: 2 ** 31 - 2 }).pixels;
expect(both.subarray(784).equals(alone), 'the bytes of the last image alone');

for (const name of modelNames.slice(1)) {
  const { digits } = await simd.load(name);
  const text = digits.slice(5, 6);
  const words = [...(text ? [text] : []), '--model', name, '--count', '10', '--seed', '3', '--format', 'raw'];
  const found = simd.draw(text, { model: name, count: 10, seed: 3 });
  expect(pixelsOfCommand(words).equals(Buffer.from(found.pixels)), `the bytes of ${name}`);
}

// A model that is not the package's is refused, and the one that it would replace goes on.
const [first, second] = modelNames;
const before = Buffer.from(simd.draw('8', { seed: 1 }).pixels);
const other = new Uint8Array(gunzipSync(readFileSync(`${folder}/${second}.safetensors.gz`)));
for (let round = 0; round < 2; round += 1) {
  expect(refusal(() => simd.add(first, other))?.includes('damaged'), 'a sentence for another model by this name');
}
expect(before.equals(simd.draw('8', { seed: 1 }).pixels), 'the bytes of a model after a refused one');
// By another name it is welcome; and one may be replaced.
simd.add('another', other);
simd.add(first, new Uint8Array(gunzipSync(readFileSync(`${folder}/${first}.safetensors.gz`))));
expect(before.equals(simd.draw('8', { seed: 1 }).pixels), 'the bytes of a model that is loaded again');
expect(Buffer.from(simd.draw('', { model: 'another', seed: 1 }).pixels).equals(
  simd.draw('', { model: second, seed: 1 }).pixels), 'the bytes of a model by two names');

// What is beyond the memory is a mistake, too, and the last of its module.
const short = await loadDigitgen();
for (const sentence of ['memory', 'load it again']) {
  expect(refusal(() => short.add('long', new Uint8Array(2 ** 30 + 1)))?.includes(sentence), `a sentence: ${sentence}`);
}

// By the processor's time, which others on the machine do not take.
const start = process.cpuUsage();
for (let index = 0; index < 20; index += 1) simd.draw('3', { seed: index, count: 500 });
const { user, system } = process.cpuUsage(start);
const rate = Math.round(10_000 / ((user + system) / 1e6));
console.log(`${rate} digits a second of processor time, ${simd.models.ink.instructionSet}`);
expect(option !== '--rates' || rate >= 3000, 'at least 3,000 digits a second');
finish();
