/**
 * What the page draws: a number, a seed and a hand; null stands for what is not asked for.
 *
 * @typedef {{ text: string, seed: number, style: number | null, vary: number | null, slant: number | null,
 *   thickness: number | null, width: number | null }} State
 */

/** The measures of a style, with the step of their sliders and how a value is written. */
export const MEASURES = {
  slant: { step: 0.5, text: (value) => `${value}°` },
  thickness: { step: 0.005, text: (value) => value.toFixed(3) },
  width: { step: 0.01, text: (value) => value.toFixed(2) },
  vary: { step: 0.01, text: (value) => value.toFixed(2) },
};

/** @returns {State} */
export function firstState() {
  return { text: '2026', seed: 7, style: null, vary: null, slant: null, thickness: null, width: null };
}

/** The options of a request that draws a state. */
export function optionsOf(state) {
  const options = { seed: state.seed };
  for (const name of ['style', ...Object.keys(MEASURES)]) if (state[name] !== null) options[name] = state[name];
  return options;
}

/** The keys of a link, and what they may hold. */
const LINK = {
  text: { pattern: /^\d{1,64}$/, read: String },
  seed: { pattern: /^(0|[1-9]\d{0,15})$/, read: whole },
  style: { pattern: /^(0|[1-9]\d{0,15})$/, read: whole },
  vary: { pattern: /^(0(\.\d{1,4})?|1)$/, read: Number },
  slant: { pattern: /^-?\d{1,2}(\.\d{1,2})?$/, read: Number },
  thickness: { pattern: /^0\.\d{1,4}$/, read: Number },
  width: { pattern: /^[0-2](\.\d{1,3})?$/, read: Number },
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
  for (const [name, value] of new URLSearchParams(fragment.slice(1))) {
    const field = Object.hasOwn(LINK, name) ? LINK[name] : undefined;
    const place = `The link is broken at “${name.slice(0, 20)}”`;
    if (!field) return { state: firstState(), mistake: `${place}: it has no such field.` };
    if (seen.has(name)) return { state: firstState(), mistake: `${place}: the field is there twice.` };
    seen.add(name);
    try {
      if (!field.pattern.test(value)) throw new Error('no match');
      state[name] = field.read(value);
    } catch {
      return { state: firstState(), mistake: `${place}: it cannot be “${value.slice(0, 20)}”.` };
    }
  }
  return { state };
}

/** The words of the command that draws a state's pixels. */
export function commandOf(state, more = []) {
  const words = ['digitgen', state.text];
  for (const [name, value] of Object.entries(optionsOf(state))) words.push(`--${name}`, String(value));
  return [...words, ...more].join(' ');
}

/** The state in words, for those who do not see it. */
export function inWords(state) {
  const hand = state.style === null ? `the hand of seed ${state.seed}` : `hand ${state.style}`;
  return `${state.text} in ${hand}`;
}

/** What is wrong with a text, as a sentence; nothing if it can be drawn. */
export function mistakeIn(text) {
  if (text === '') return 'Type one or more digits.';
  const wrong = [...text].find((character) => !/[0-9]/.test(character));
  if (wrong !== undefined) return `Only the digits 0 to 9 can be drawn, not “${wrong === ' ' ? 'space' : wrong}”.`;
  if (text.length > 64) return `A number has at most 64 digits; this one has ${text.length}.`;
  return undefined;
}
