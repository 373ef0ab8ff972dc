import { Client } from './client.js';
import { HandMap, Morph } from './explore.js';
import { Export } from './export.js';
import { Hands } from './hands.js';
import { Lesson } from './lesson.js';
import { Paper } from './paper.js';
import { LINE, MEASURES, NO_LINE, inWords, isLine, linkTo, mistakeIn, optionsOf, readLink } from './state.js';

const part = (id) => document.getElementById(id);
const { state, mistake } = readLink(location.hash);
const client = new Client(
  globalThis.digitgenWorker?.() ?? new Worker(new URL('worker.js', import.meta.url), { type: 'module' }));
const paper = new Paper(part('paper'), (outline) => client.call('strokes', outline), {
  zoomIn: part('zoom-in'), zoomOut: part('zoom-out'), zoomReset: part('zoom-reset'),
});
const hands = new Hands(
  client, { group: part('hands'), before: part('hands-before'), after: part('hands-after') },
  (style) => change({ style }, { anew: true }));
const morph = new Morph(client, {
  from: part('morph-from'), to: part('morph-to'), way: part('morph'), picture: part('morph-picture'),
});
const map = new HandMap(client, { map: part('map'), said: part('map-said'), next: part('map-next') });
const exporting = new Export(
  client, { png: part('export-png'), svg: part('export-svg'), command: part('copy-command'), link: part('copy-link'),
    size: part('size'), sizeLabel: part('size-label'), shown: part('command') },
  say);
const lesson = new Lesson(client, {
  load: part('lesson-load'), digit: part('lesson-digit'), seed: part('lesson-seed'), said: part('lesson-said'),
  models: part('models'), figures: part('figures'),
});
const SLIDERS = { ...MEASURES, ...LINE };
let facts;

/** Shows a sentence beside the field; none hides the last one. */
function say(sentence = '') {
  part('error').textContent = sentence;
  part('text').setAttribute('aria-invalid', String(sentence !== ''));
}

/** The digits of a text; a line without any is written by the hand that its one is of. */
function digitsOf(text) { return text.replace(/\D/g, '') || '1'; }

/** What all digits of a text can have of each measure. */
function ranges(text) {
  const styles = [...new Set(digitsOf(text))].map((digit) => facts.styles[facts.digits.indexOf(digit)]);
  const common = (measure) => [
    Math.max(...styles.map((style) => style[measure][0])), Math.min(...styles.map((style) => style[measure][1])),
  ];
  return { slant: common('slant'), thickness: common('thickness'), width: common('width'), vary: [0, 1] };
}

/** Gives the sliders the ranges of the text, and the state's values. */
function arrangeSliders() {
  const lineRanges = Object.fromEntries(Object.entries(LINE).map(([name, { range }]) => [name, range]));
  for (const [name, [low, high]] of Object.entries({ ...ranges(state.text), ...lineRanges })) {
    const { step, text, standard } = SLIDERS[name];
    const slider = part(name);
    [slider.step, slider.min, slider.max] = [step, Math.ceil(low / step) * step, Math.floor(high / step) * step];
    const [least, most] = [Number(slider.min), Number(slider.max)];
    // Some digits have no width in common.
    slider.disabled = least > most;
    if (slider.disabled) state[name] = null;
    if (state[name] !== null) state[name] = Number(Math.min(Math.max(state[name], least), most).toFixed(4));
    slider.value = state[name] ?? standard ?? (least + most) / 2;
    const value = part(`${name}-value`);
    value.value = slider.disabled ? 'none that all digits can have'
      : state[name] === null && standard === undefined ? value.dataset.free : text(state[name] ?? standard);
    slider.classList.toggle('free', state[name] === null);
    part(`${name}-free`).classList.toggle('unused', state[name] === null);
    slider.setAttribute('aria-valuetext', value.value);
  }
  part('as-line').checked = isLine(state);
  // A text with other characters than digits is a line.
  part('as-line').disabled = isLine({ ...NO_LINE, text: state.text });
  part('boxes').checked = state.boxes === true;
}

/** The state's outlines, each with its character; nothing if another state was asked for meanwhile. */
async function outlined() {
  const { text } = state;
  const drawn = await client.latest('paper', isLine(state) ? 'lineOutlines' : 'outlines', text, optionsOf(state));
  if (!drawn) return undefined;
  const marks = text.replaceAll(' ', '');
  const characters = drawn.characters ?? drawn.paths.map((d) => ({ d }));
  return { ...drawn, characters: characters.map((character, index) => ({ ...character, mark: marks[index] })) };
}

/** Draws the state. */
async function draw({ anew = false } = {}) {
  arrangeSliders();
  const writing = await outlined();
  if (!writing) return;
  paper.show(writing, `The ${isLine(state) ? 'line' : 'number'} ${inWords(state)}`, { anew });
  part('said').textContent = `Written: ${inWords(state)}.`;
  exporting.show({ ...state }, () => optionsOf(state));
  history.replaceState(null, '', linkTo(state));
  const [digit] = digitsOf(state.text);
  const current = { ...state, text: digit };
  await Promise.all([morph.show(current), map.show(current, ranges(digit).thickness), hands.choose(state.style)]);
}

/** Changes the state and draws it. */
async function change(changes, options) {
  Object.assign(state, changes);
  try {
    say();
    await draw(options);
  } catch (error) {
    say(`${error.message[0].toUpperCase()}${error.message.slice(1)}.`);
  }
}

function typed() {
  const text = part('text').value.trim();
  const wrong = mistakeIn({ ...state, text });
  if (wrong) say(wrong);
  else change({ text });
}

function showView(name) {
  for (const view of ['write', 'lesson']) {
    part(view).hidden = view !== name;
    part(`show-${view}`).setAttribute('aria-pressed', String(view === name));
  }
  if (name === 'lesson') lesson.show();
}

async function start() {
  try {
    const models = await client.call('start', globalThis.digitgenFiles?.());
    [facts] = Object.values(models);
  } catch (error) {
    part('notice').textContent = `The page cannot draw: ${error.message}.`;
    part('notice').hidden = false;
    return;
  }
  part('text').value = state.text;
  part('text').addEventListener('input', typed);
  part('again').addEventListener('click', () =>
    change({ seed: crypto.getRandomValues(new Uint32Array(1))[0] % 1_000_000 }, { anew: true }));
  for (const name of Object.keys(SLIDERS)) {
    part(name).addEventListener('input', () => change({ [name]: Number(part(name).value) }));
    part(`${name}-free`).addEventListener('click', () => {
      part(name).focus();
      change({ [name]: null });
    });
  }
  part('as-line').addEventListener('change', () =>
    change(part('as-line').checked ? { height: LINE.height.standard } : NO_LINE, { anew: true }));
  part('boxes').addEventListener('change', () => change({ boxes: part('boxes').checked || null }));
  for (const view of ['write', 'lesson']) part(`show-${view}`).addEventListener('click', () => showView(view));
  globalThis.addEventListener('hashchange', () => {
    const read = readLink(location.hash);
    part('text').value = read.state.text;
    change(read.state, { anew: true }).then(() => { if (read.mistake) say(read.mistake); });
  });
  await change({}, { anew: true });
  if (mistake) say(mistake);
}

start();
