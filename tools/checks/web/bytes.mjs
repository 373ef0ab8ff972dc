// Compares the module's bytes with the command's, and measures how fast it draws.
//
//     node bytes.mjs PACKAGE DIGITGEN COUNT
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [folder, digitgen, count] = process.argv.slice(2);
const { loadDigitgen, DigitgenError } = await import(pathToFileURL(`${folder}/digitgen.js`));
const read = (name) => new Uint8Array(readFileSync(`${folder}/${name}`));
const scalar = {
  'digitgen-simd.wasm.gz': read('digitgen-scalar.wasm.gz'), 'digitgen-scalar.wasm.gz': read('digitgen-scalar.wasm.gz'),
  'ink.safetensors.gz': read('ink.safetensors.gz'),
};
const builds = { simd: await loadDigitgen(), scalar: await loadDigitgen({ files: scalar }) };
let failures = 0;

function expect(condition, sentence) {
  if (condition) return;
  console.error(`FAILED: ${sentence}`);
  failures += 1;
}

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

let compared = 0;
for (let index = 0; index < Number(count); index += 1) {
  const [text, options] = randomRequest();
  let expected;
  try {
    expected = execFileSync(digitgen, command(text, options), { stdio: ['ignore', 'pipe', 'pipe'] });
  } catch {
    expected = undefined;
  }
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
  compared += 1;
}
console.log(`${compared} requests have the command's bytes (seed ${seed})`);

// Mistakes are sentences, and the next request is drawn.
const simd = builds.simd;
for (const [text, options] of [
  ['4x', {}], ['1'.repeat(65), {}], ['1', { slant: 59 }], ['1', { size: 7 }], ['1', { count: 0 }], ['1', { seed: -1 }],
  ['1', { vary: 2 }], ['1', { model: 'none' }], ['1', { size: 2048, count: 2000 }],
]) {
  let message;
  try {
    simd.draw(text, options);
  } catch (error) {
    message = error instanceof DigitgenError ? error.message : undefined;
  }
  expect(message, `a sentence for ${text} ${JSON.stringify(options)}`);
}
for (const bytes of [new Uint8Array(0), read('ink.safetensors.gz').subarray(0, 1000)]) {
  const damaged = await loadDigitgen({ files: { ...scalar, 'ink.safetensors.gz': bytes } }).catch((error) => error);
  expect(damaged instanceof DigitgenError, 'a sentence for a bundle that is cut short');
}
expect(simd.draw('8', { seed: 1 }).pixels.length === 784, 'a digit after the mistakes');

for (const name of ['gan', 'dcgan', 'cgan']) {
  await simd.load(name);
  const digits = name === 'cgan' ? '5' : '';
  const words = [...(digits ? [digits] : []), '--model', name, '--count', '10', '--seed', '3', '--format', 'raw'];
  const drawn = simd.draw(digits, { model: name, count: 10, seed: 3 });
  expect(execFileSync(digitgen, words).equals(Buffer.from(drawn.pixels)), `the bytes of ${name}`);
}

// By the processor's time, which others on the machine do not take.
const before = process.cpuUsage();
for (let index = 0; index < 20; index += 1) simd.draw('3', { seed: index, count: 500 });
const { user, system } = process.cpuUsage(before);
const rate = Math.round(10_000 / ((user + system) / 1e6));
console.log(`${rate} digits a second of processor time, ${simd.models.ink.instructionSet}`);
expect(rate >= 3000, 'at least 3,000 digits a second');
process.exit(failures > 0 ? 1 : 0);
