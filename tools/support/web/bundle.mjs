// Joins the scripts of the page to two, one for the page and one for its worker, and leaves out what browsers do not
// read: few and short files are the smallest over the wire.
//
//     node bundle.mjs FOLDER
import { readFileSync, rmSync, writeFileSync } from 'node:fs';

const folder = process.argv[2];

/** The modules of a script in the order in which they use each other. */
const BUNDLES = {
  'page.js': [
    'models.js', 'state.js', 'paper.js', 'client.js', 'hands.js', 'explore.js', 'export.js', 'lesson.js', 'page.js',
  ],
  'worker.js': ['models.js', 'digitgen.js', 'strokes.js', 'worker.js'],
};

/** What stays as it is beside the scripts: the module that a page of one's own would load. */
const KEPT = ['models.js', 'digitgen.js', ...Object.keys(BUNDLES)];

/** A text without comments that have lines of their own, and without indentation. */
function short(text) {
  return text.replace(/^ *\/\*[^]*?\*\/\n/gm, '').replace(/^ *\/\/.*\n/gm, '').replace(/^\s+/gm, '');
}

/** A module as a part of a script: imports are in the same scope, each file in a function but for its exports. */
function part(name) {
  const text = readFileSync(`${folder}/${name}`, 'utf8').replace(/^import [^;]*;\n/gm, '');
  const exported = [...text.matchAll(/^export (?:async )?(?:const|class|function) (\w+)/gm)].map((match) => match[1]);
  const body = text.replace(/^export /gm, '');
  return `const { ${exported.join(', ')} } = (() => {\n${body}\nreturn { ${exported.join(', ')} };\n})();\n`;
}

const bundles = Object.entries(BUNDLES).map(([name, modules]) => [name, short(modules.map(part).join(''))]);
for (const [name, text] of bundles) writeFileSync(`${folder}/${name}`, text);
for (const name of Object.values(BUNDLES).flat()) if (!KEPT.includes(name)) rmSync(`${folder}/${name}`, { force: true });
for (const name of ['index.html', 'style.css', 'folder.js']) {
  writeFileSync(`${folder}/${name}`, short(readFileSync(`${folder}/${name}`, 'utf8')));
}
