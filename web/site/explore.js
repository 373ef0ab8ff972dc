import { place, svg } from './paper.js';

/** Pictures on the way from one end to the other, both included. */
const STEPS = 65;

/** From one digit to another, by a slider. */
export class Morph {
  #client;
  #parts;
  #state;

  constructor(client, parts) {
    this.#client = client;
    this.#parts = parts;
    for (const [select, chosen] of [[parts.from, 3], [parts.to, 8]]) {
      for (let digit = 0; digit < 10; digit += 1) select.add(new Option(String(digit)));
      select.value = String(chosen);
      select.addEventListener('change', () => this.#draw());
    }
    parts.way.addEventListener('input', () => this.#draw());
  }

  /** Draws in the hand of a state. */
  show(state) {
    this.#state = state;
    return this.#draw();
  }

  async #draw() {
    const { from, to, way, picture } = this.#parts;
    const { seed, style } = this.#state;
    const morph = [Number(from.value), Number(to.value)];
    const options = { seed, morph, count: STEPS, only: Number(way.value), ...(style === null ? {} : { style }) };
    const drawn = await this.#client.latest('morph', 'outlines', '', options);
    if (!drawn) return;
    place(drawn.paths, picture);
    const percent = Math.round((100 * Number(way.value)) / (STEPS - 1));
    picture.setAttribute('aria-label', `${percent} percent of the way from ${morph[0]} to ${morph[1]}`);
    way.setAttribute('aria-valuetext', `${percent} percent from ${morph[0]} to ${morph[1]}`);
  }
}

const COLUMNS = 9;
const ROWS = 5;
const SIDE = 28;

/** A map to wander on: across it one hand becomes the next, and up it strokes become bold. */
export class HandMap {
  #client;
  #parts;
  #range;
  #state;
  #place = { x: 0.5, y: 0.5 };
  #hands = [1, 2];
  #here = svg('g', { class: 'here' });
  #ring = svg('circle', { r: 15 });

  constructor(client, parts) {
    this.#client = client;
    this.#parts = parts;
    const { map } = parts;
    const move = (event) => {
      const box = map.getBoundingClientRect();
      this.#go((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
    };
    map.addEventListener('pointerdown', (event) => {
      map.setPointerCapture(event.pointerId);
      move(event);
    });
    map.addEventListener('pointermove', (event) => { if (event.buttons > 0) move(event); });
    map.addEventListener('keydown', (event) => {
      const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (!steps) return;
      event.preventDefault();
      this.#go(this.#place.x + steps[0] / 32, this.#place.y + steps[1] / 32);
    });
    parts.next.addEventListener('click', () => {
      this.#hands = [this.#hands[1], this.#hands[1] + 1];
      this.#background();
    });
  }

  /** Shows the map of a digit. `range` is that of its thickness. */
  async show(state, range) {
    const digit = state.text[0];
    const isNew = digit !== this.#state?.text[0] || state.seed !== this.#state.seed;
    this.#state = state;
    this.#range = range;
    if (isNew) await this.#background();
  }

  #options({ x, y }) {
    // In thousandths, none of them beyond the range.
    const [low, high] = [Math.ceil(this.#range[0] * 1000), Math.floor(this.#range[1] * 1000)];
    const thickness = Math.round(high - y * (high - low)) / 1000;
    const only = Math.round(x * (STEPS - 1));
    return { seed: this.#state.seed, morph: this.#hands, count: STEPS, only, thickness };
  }

  async #background() {
    const digit = this.#state.text[0];
    const points = Array.from({ length: COLUMNS * ROWS }, (_, index) => ({
      x: (index % COLUMNS) / (COLUMNS - 1), y: Math.floor(index / COLUMNS) / (ROWS - 1),
    }));
    const drawn = await this.#client.latest(
      'map-background', 'outlinesOfAll', digit, points.map((point) => this.#options(point)));
    if (!drawn) return;
    const thumbs = svg('g', { class: 'thumb' });
    place(drawn, thumbs, COLUMNS);
    this.#parts.map.replaceChildren(thumbs, this.#ring, this.#here);
    await this.#draw();
  }

  #go(x, y) {
    this.#place = { x: Math.min(Math.max(x, 0), 1), y: Math.min(Math.max(y, 0), 1) };
    this.#draw();
  }

  async #draw() {
    const { x, y } = this.#place;
    const options = this.#options(this.#place);
    const drawn = await this.#client.latest('map', 'outlines', this.#state.text[0], options);
    if (!drawn) return;
    // A digit larger than its place on the map, under the pointer.
    const [left, top] = [x * COLUMNS * SIDE, y * ROWS * SIDE];
    const inside = (value, limit) => Math.min(Math.max(value, 0), limit);
    this.#ring.setAttribute('cx', left);
    this.#ring.setAttribute('cy', top);
    place(drawn.paths, this.#here);
    const corner = [inside(left - 28, COLUMNS * SIDE - 56), inside(top - 28, ROWS * SIDE - 56)];
    this.#here.setAttribute('transform', `translate(${corner}) scale(2)`);
    const percent = Math.round((100 * options.only) / (STEPS - 1));
    const [first, last] = this.#hands;
    this.#parts.said.textContent =
      `${percent} % of the way from hand ${first} to hand ${last}, thickness ${options.thickness.toFixed(3)}`;
  }
}
