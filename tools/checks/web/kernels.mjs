// Runs the kernel tester, and fails at a difference.
//
//     node kernels.mjs MODULE ROUNDS
import { readFileSync } from 'node:fs';

const [file, rounds] = process.argv.slice(2);
const { instance } = await WebAssembly.instantiate(readFileSync(file));
const { memory, compare, tier_name: tierName, difference } = instance.exports;

function text(address) {
  const bytes = new Uint8Array(memory.buffer, address);
  return new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0)));
}

const seed = Math.floor(Math.random() * 2 ** 31);
const found = compare(seed, Number(rounds));
console.log(`${text(tierName())}: seed ${seed}, ${rounds} rounds, ${found} differences`);
if (found > 0) {
  console.error(`the first: ${text(difference.value)}`);
  process.exit(1);
}
