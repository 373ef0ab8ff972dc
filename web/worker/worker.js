// Draws in a thread of its own, so that typing never waits.
import { loadDigitgen } from './digitgen.js';
import { strokesOfOutline } from './strokes.js';

let digitgen;

/** What the page may ask for; each returns what is posted back. */
const calls = {
  async start(files) {
    digitgen = await loadDigitgen({ files });
    return digitgen.models;
  },
  load: (name) => digitgen.load(name),
  draw: (text, options) => digitgen.draw(text, options),
  outlines: (text, options) => digitgen.outlines(text, options),
  line: (text, options) => digitgen.line(text, options),
  lineOutlines: (text, options) => digitgen.lineOutlines(text, options),
  strokes: ({ d, digit }) => strokesOfOutline(d, digit),
  /** The outline of one digit by each of several options. */
  outlinesOfAll: (text, all) => all.flatMap((options) => digitgen.outlines(text, options).paths),
};

self.onmessage = async ({ data: { id, call, parameters } }) => {
  try {
    self.postMessage({ id, result: await calls[call](...parameters) });
  } catch (error) {
    self.postMessage({ id, error: error.message });
  }
};
