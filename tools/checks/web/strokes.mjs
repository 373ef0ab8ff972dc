// Checks the strokes in which the page writes digits.
//
//     node strokes.mjs PACKAGE STROKES COUNT
import { pathToFileURL } from 'node:url';
import { expect, finish } from './expectations.mjs';

const [folder, script, count] = process.argv.slice(2);
const { loadDigitgen } = await import(pathToFileURL(`${folder}/digitgen.js`));
const { strokesOf } = await import(pathToFileURL(script));
const digitgen = await loadDigitgen();
const SIZE = 56;

/** Where the ink of the digit is, in rows from the top. */
function rows(ink) {
  const inked = [...ink.keys()].filter((pixel) => ink[pixel]).map((pixel) => Math.floor(pixel / SIZE));
  return [Math.min(...inked), Math.max(...inked)];
}

let drawn = 0;
const strokeCounts = [];
for (let seed = 0; seed < count; seed += 1) {
  for (const digit of '0123456789') {
    const ink = digitgen.draw(digit, { seed, size: SIZE }).pixels.map((level) => (level > 127 ? 1 : 0));
    if (!ink.includes(1)) continue;
    const strokes = strokesOf(ink, SIZE, digit);
    const name = `${digit} of seed ${seed}`;
    drawn += 1;
    strokeCounts.push(strokes.length);
    const points = strokes.flatMap((stroke) => stroke.points);
    expect(new Set(points.map(String)).size === points.length, `no point twice: ${name}`);
    expect(points.every(([x, y]) => ink[y * SIZE + x]), `points in the ink: ${name}`);
    expect(strokes.every(({ points: [first, ...rest] }) => rest.every(([x, y], index) => {
      const before = index === 0 ? first : rest[index - 1];
      return Math.hypot(x - before[0], y - before[1]) <= 5;
    })), `strokes without gaps: ${name}`);
    // A pixel is revealed by the first point of a stroke that covers it, and stays.
    const isCovered = (pixel) => strokes.some(({ points: stroke, width }) => stroke.some(([x, y]) =>
      Math.hypot(x - (pixel % SIZE), y - Math.floor(pixel / SIZE)) <= width / 2));
    expect([...ink.keys()].every((pixel) => !ink[pixel] || isCovered(pixel)), `all ink is revealed: ${name}`);
    expect(strokes.every((stroke) => stroke.width < SIZE / 2), `no stroke as wide as a digit: ${name}`);
    const [top, bottom] = rows(ink);
    const [[, start]] = strokes[0].points;
    if ('147'.includes(digit)) expect(start < (top + bottom) / 2, `begins near the top: ${name}`);
    expect(JSON.stringify(strokes) === JSON.stringify(strokesOf(ink, SIZE, digit)), `the same again: ${name}`);
  }
}
const mean = strokeCounts.reduce((sum, strokes) => sum + strokes) / drawn;
console.log(`${drawn} digits in ${mean.toFixed(2)} strokes each`);
expect(mean < 2.5, 'few strokes');
finish();
