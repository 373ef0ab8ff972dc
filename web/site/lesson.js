import { FIGURES, MODELS } from './models.js';

/** The models side by side, and how many digits of each. */
const SHOWN = FIGURES.columns.filter((name) => name in MODELS);
const DEFAULT = Object.keys(MODELS)[0];
const COUNT = 20;
const COLUMNS = 5;
const SAYINGS = {
  gan: 'Dense layers, no labels: it draws whatever its latent gives.',
  dcgan: 'Transposed convolutions, no labels; the slowest.',
  cgan: 'Dense layers, told the digit.',
  ink: 'Convolutions, told the digit: it draws ink, which is then made into pixels as MNIST was.',
};

/** Shows the generators of the lesson; only those that are asked for are loaded. */
export class Lesson {
  #client;
  #parts;
  #canvases = new Map();

  constructor(client, parts) {
    this.#client = client;
    this.#parts = parts;
    for (let digit = 0; digit < 10; digit += 1) parts.digit.add(new Option(String(digit)));
    parts.digit.value = '3';
    for (const name of SHOWN) parts.models.append(this.#card(name));
    parts.load.addEventListener('click', () => this.#load());
    parts.digit.addEventListener('change', () => this.#draw());
    parts.seed.addEventListener('input', () => this.#draw());
    parts.figures.append(...figures());
  }

  /** Draws what is loaded, once the lesson is seen. */
  show() { return this.#draw(); }

  #card(name) {
    const card = document.createElement('div');
    card.className = 'card';
    const title = document.createElement('h3');
    title.textContent = name;
    const canvas = document.createElement('canvas');
    canvas.width = COLUMNS * 28;
    canvas.height = (COUNT / COLUMNS) * 28;
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', `${name}: not loaded yet`);
    const saying = document.createElement('p');
    saying.className = 'quiet';
    saying.textContent = SAYINGS[name];
    card.append(title, canvas, saying);
    this.#canvases.set(name, { canvas, isLoaded: name === DEFAULT });
    return card;
  }

  async #load() {
    const { load, said } = this.#parts;
    load.disabled = true;
    try {
      for (const [name, entry] of this.#canvases) {
        if (entry.isLoaded) continue;
        said.textContent = `Loading ${name} …`;
        entry.isLabelled = (await this.#client.call('load', name)).digits !== '';
        entry.isLoaded = true;
        await this.#drawOne(name);
      }
      said.textContent = 'All models are loaded.';
      load.hidden = true;
    } catch (error) {
      said.textContent = `${error.message}.`;
      load.disabled = false;
    }
  }

  async #draw() {
    try {
      for (const [name, { isLoaded }] of this.#canvases) if (isLoaded) await this.#drawOne(name);
    } catch (error) {
      this.#parts.said.textContent = `${error.message}.`;
    }
  }

  async #drawOne(name) {
    const { canvas, isLabelled = true } = this.#canvases.get(name);
    const seed = Number(this.#parts.seed.value);
    if (!Number.isInteger(seed) || seed < 0 || seed > 999_999) {
      throw new Error('A seed is a whole number from 0 to 999999');
    }
    const digit = isLabelled ? this.#parts.digit.value : '';
    const drawn = await this.#client.latest(`lesson-${name}`, 'draw', digit, { model: name, count: COUNT, seed });
    if (!drawn) return;
    const image = new ImageData(canvas.width, canvas.height);
    drawn.pixels.forEach((level, index) => {
      const [picture, place] = [Math.floor(index / 784), index % 784];
      const x = (picture % COLUMNS) * 28 + (place % 28);
      const y = Math.floor(picture / COLUMNS) * 28 + Math.floor(place / 28);
      image.data.set([level, level, level, 255], 4 * (y * canvas.width + x));
    });
    canvas.getContext('2d').putImageData(image, 0, 0);
    canvas.setAttribute('aria-label', `${COUNT} digits of ${name}${digit && `, each a ${digit}`}, seed ${seed}`);
  }
}

/** The rows of the table of figures. */
function figures() {
  const row = (cells, name) => {
    const line = document.createElement('tr');
    cells.forEach((text, index) => {
      const cell = document.createElement(name === 'th' || index === 0 ? 'th' : 'td');
      if (cell.tagName === 'TH') cell.scope = name === 'th' ? 'col' : 'row';
      cell.textContent = text;
      line.append(cell);
    });
    return line;
  };
  const head = document.createElement('thead');
  head.append(row(['measure', ...FIGURES.columns], 'th'));
  const body = document.createElement('tbody');
  body.append(...FIGURES.rows.map((cells) => row(cells, 'td')));
  return [head, body];
}
