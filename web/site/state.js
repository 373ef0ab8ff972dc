/**
 * What the page draws: a text, a seed and a hand, in cells or as a line; null stands for what is not asked for. Any of
 * the options of `LINE`, and any text with other characters than digits, makes a line, as with the command.
 *
 * @typedef {{ text: string, seed: number, style: number | null, vary: number | null, slant: number | null,
 *   thickness: number | null, width: number | null, height: number | null, spacing: number | null,
 *   slope: number | null, touch: number | null, wander: number | null, boxes: true | null }} State
 */

/** The measures of a style, with the step of their sliders and how a value is written. */
export const MEASURES = {
  slant: { step: 0.5, text: (value) => `${value}°` },
  thickness: { step: 0.005, text: (value) => value.toFixed(3) },
  width: { step: 0.01, text: (value) => value.toFixed(2) },
  vary: { step: 0.01, text: (value) => value.toFixed(2) },
};

/** The options of a line that are numbers, what they are unless they are asked for, and their sliders. */
export const LINE = {
  height: { standard: 48, range: [16, 1024], step: 8, text: (value) => `${value} pixels` },
  spacing: { standard: 16, range: [0, 200], step: 1, text: (value) => `${value} %` },
  slope: { standard: 2, range: [0, 20], step: 1, text: (value) => `${value} %` },
  wander: { standard: 3, range: [0, 50], step: 1, text: (value) => `${value} %` },
  touch: { standard: 4, range: [0, 100], step: 1, text: (value) => `${value} %` },
};

const LINE_OPTIONS = [...Object.keys(LINE), 'boxes'];

/** A state in cells. */
export const NO_LINE = Object.fromEntries(LINE_OPTIONS.map((name) => [name, null]));

/** @returns {State} */
export function firstState() {
  return { text: '2026', seed: 7, style: null, vary: null, slant: null, thickness: null, width: null, ...NO_LINE };
}

/** True for a state that is drawn as a line. */
export function isLine(state) {
  return !/^\d*$/.test(state.text) || LINE_OPTIONS.some((name) => state[name] !== null);
}

/** The options of a request that draws a state. */
export function optionsOf(state) {
  const options = { seed: state.seed };
  for (const name of ['style', ...Object.keys(MEASURES), ...LINE_OPTIONS]) {
    if (state[name] !== null) options[name] = state[name];
  }
  return options;
}

const percent = { pattern: /^\d{1,3}$/, read: Number };

/** The keys of a link, and what they may hold. */
const LINK = {
  text: { pattern: /./, read: String },
  seed: { pattern: /^(0|[1-9]\d{0,15})$/, read: whole },
  style: { pattern: /^(0|[1-9]\d{0,15})$/, read: whole },
  vary: { pattern: /^(0(\.\d{1,4})?|1)$/, read: Number },
  slant: { pattern: /^-?\d{1,2}(\.\d{1,2})?$/, read: Number },
  thickness: { pattern: /^0\.\d{1,4}$/, read: Number },
  width: { pattern: /^[0-2](\.\d{1,3})?$/, read: Number },
  height: { pattern: /^(1[6-9]|[2-9]\d|[1-9]\d\d|10[01]\d|102[0-4])$/, read: Number },
  spacing: percent, slope: percent, touch: percent, wander: percent,
  boxes: { pattern: /^true$/, read: () => true },
};

function whole(text) {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new Error('too large');
  return number;
}

/** The fragment of a link to a state. */
export function linkTo(state) {
  const parameters = new URLSearchParams({ text: state.text });
  for (const [name, value] of Object.entries(optionsOf(state))) parameters.set(name, String(value));
  return `#${parameters}`;
}

/**
 * The state of a link's fragment.
 *
 * @param {string} fragment with its #, or empty.
 * @returns {{ state: State, mistake?: string }} what can be read, and a sentence about what cannot.
 */
export function readLink(fragment) {
  const state = firstState();
  if (fragment.length < 2) return { state };
  const seen = new Set();
  const broken = (name, reason) =>
    ({ state: firstState(), mistake: `The link is broken at “${name.slice(0, 20)}”: ${reason}.` });
  const impossible = (name, value) => broken(name, `it cannot be “${value.slice(0, 20)}”`);
  for (const [name, value] of new URLSearchParams(fragment.slice(1))) {
    const field = Object.hasOwn(LINK, name) ? LINK[name] : undefined;
    if (!field) return broken(name, 'it has no such field');
    if (seen.has(name)) return broken(name, 'the field is there twice');
    seen.add(name);
    try {
      if (!field.pattern.test(value)) throw new Error('no match');
      state[name] = field.read(value);
    } catch {
      return impossible(name, value);
    }
  }
  return mistakeIn(state) ? impossible('text', state.text) : { state };
}

/** A word of a command line. */
function quoted(text) { return /^[\w.,/:+-]+$/.test(text) ? text : `'${text}'`; }

/** The words of the command that draws a state's pixels. */
export function commandOf(state, more = []) {
  const words = Object.entries(optionsOf(state)).flatMap(([name, value]) =>
    (value === true ? [`--${name}`] : [`--${name}`, String(value)]));
  words.push(...more);
  // What begins with a hyphen must not be taken for an option.
  return (state.text.startsWith('-') ? ['digitgen', ...words, '--', quoted(state.text)]
    : ['digitgen', quoted(state.text), ...words]).join(' ');
}

/** The state in words, for those who do not see it. */
export function inWords(state) {
  const hand = state.style === null ? `the hand of seed ${state.seed}` : `hand ${state.style}`;
  return `${state.text} in ${hand}`;
}

/** What is wrong with a state's text, as a sentence; nothing if it can be drawn. */
export function mistakeIn(state) {
  const { text } = state;
  if (text === '') return 'Type one or more digits.';
  const wrong = [...text].find((character) => !/[-0-9 .,/:+()]/.test(character));
  if (wrong !== undefined) return `Only digits, spaces and -.,/:+() can be drawn, not “${wrong}”.`;
  const limit = isLine(state) ? 100 : 64;
  if (text.length > limit) return `A ${isLine(state) ? 'line' : 'number'} has at most ${limit} ` +
    `${isLine(state) ? 'characters' : 'digits'}; this one has ${text.length}.`;
  return undefined;
}
