// Writes models.js: the models of a package, and the figures that the lesson shows.
//
//     node models.mjs QUALITY.md FOLDER MODEL...
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** The rows of the table of docs/quality.md that the page shows. */
const ROWS = [
  'Fréchet distance', 'Fréchet distance within classes', 'label accuracy', 'precision', 'recall',
  'mean distance to the nearest training image', 'multiplications per image, millions',
];

/** The cells of a line of a Markdown table. */
function cells(line) {
  return line.split('|').slice(1, -1).map((cell) => cell.trim().replace(/[`*]/g, ''));
}

function figures(markdown, models) {
  const table = markdown.split('\n').filter((line) => line.startsWith('|')).map(cells);
  const head = table[0];
  const columns = [...models, 'real'];
  const places = columns.map((name) => head.indexOf(name));
  const rows = ROWS.map((name) => table.find((line) => line[0] === name));
  if (places.includes(-1) || rows.includes(undefined)) throw new Error('docs/quality.md has another table');
  return { columns, rows: rows.map((line) => [line[0], ...places.map((place) => line[place])]) };
}

const [quality, folder, ...models] = process.argv.slice(2);
const entries = Object.fromEntries(models.map((name) => {
  const file = `${name}.safetensors.gz`;
  const sha256 = createHash('sha256').update(gunzipSync(readFileSync(`${folder}/${file}`))).digest('hex');
  return [name, { file, sha256 }];
}));
// The lesson ends with the default.
const lesson = [...models.slice(1), models[0]];
process.stdout.write(`// Made by tools/web.
/** The models of the package, the default first: their files, and the SHA-256 of what is in them. */
export const MODELS = ${JSON.stringify(entries, null, 2)};

/** Rows of docs/quality.md. */
export const FIGURES = ${JSON.stringify(figures(readFileSync(quality, 'utf8'), lesson), null, 2)};
`);
