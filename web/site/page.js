import { Client } from './client.js';
import { HandMap, Morph } from './explore.js';
import { Export } from './export.js';
import { Hands } from './hands.js';
import { Lesson } from './lesson.js';
import { Paper } from './paper.js';
import { MEASURES, inWords, linkTo, mistakeIn, optionsOf, readLink } from './state.js';

const part = (id) => document.getElementById(id);
const { state, mistake } = readLink(location.hash);
const client = new Client(globalThis.digitgenWorker?.() ?? new Worker(new URL('worker.js', import.meta.url), { type: 'module' }));
const paper = new Paper(part('paper'), {
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
    size: part('size'), shown: part('command') },
  say);
const lesson = new Lesson(client, {
  load: part('lesson-load'), digit: part('lesson-digit'), seed: part('lesson-seed'), said: part('lesson-said'),
  models: part('models'), figures: part('figures'),
});
let facts;

/** Shows a sentence beside the field; none hides the last one. */
function say(sentence = '') {
  part('error').textContent = sentence;
  part('text').setAttribute('aria-invalid', String(sentence !== ''));
}

/** What all digits of a number can have of each measure. */
function ranges(text) {
  const styles = [...new Set(text)].map((digit) => facts.styles[facts.digits.indexOf(digit)]);
  const common = (measure) => [
    Math.max(...styles.map((style) => style[measure][0])), Math.min(...styles.map((style) => style[measure][1])),
  ];
  return { slant: common('slant'), thickness: common('thickness'), width: common('width'), vary: [0, 1] };
}

/** Gives the sliders the ranges of the number, and the state's values. */
function arrangeSliders() {
  for (const [name, [low, high]] of Object.entries(ranges(state.text))) {
    const { step, text } = MEASURES[name];
    const slider = part(name);
    [slider.step, slider.min, slider.max] = [step, Math.ceil(low / step) * step, Math.floor(high / step) * step];
    const [least, most] = [Number(slider.min), Number(slider.max)];
    // Some digits have no width in common.
    slider.disabled = least > most;
    if (slider.disabled) state[name] = null;
    if (state[name] !== null) state[name] = Number(Math.min(Math.max(state[name], least), most).toFixed(4));
    slider.value = state[name] ?? (least + most) / 2;
    const value = part(`${name}-value`);
    value.value = slider.disabled ? 'none that all digits can have'
      : state[name] === null ? value.dataset.free : text(state[name]);
    slider.classList.toggle('free', state[name] === null);
    part(`${name}-free`).classList.toggle('unused', state[name] === null);
    slider.setAttribute('aria-valuetext', value.value);
  }
}

/** Draws the state. */
async function draw({ anew = false } = {}) {
  arrangeSliders();
  const drawn = await client.latest('paper', 'outlines', state.text, optionsOf(state));
  if (!drawn) return;
  paper.show(drawn.paths, `The number ${inWords(state)}`, { anew });
  part('said').textContent = `Written: ${inWords(state)}.`;
  exporting.show({ ...state }, () => optionsOf(state));
  history.replaceState(null, '', linkTo(state));
  const current = { ...state };
  await Promise.all([morph.show(current), map.show(current, ranges(state.text[0]).thickness), hands.choose(state.style)]);
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
  const wrong = mistakeIn(text);
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
  for (const name of Object.keys(MEASURES)) {
    part(name).addEventListener('input', () => change({ [name]: Number(part(name).value) }));
    part(`${name}-free`).addEventListener('click', () => {
      part(name).focus();
      change({ [name]: null });
    });
  }
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
