const NAMESPACE = 'http://www.w3.org/2000/svg';
const SIDE = 28;

/** An element of SVG. */
export function svg(name, attributes = {}) {
  const element = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

/** Now, on the clock of animations. */
function seconds() { return performance.now() / 1000; }

/** A character: filled ink, or the strokes of a pen. */
function drawn({ d, pen }) {
  const group = svg('g', { class: 'character' });
  if (pen === undefined) group.append(svg('path', { d }));
  else group.append(...d.split(/(?=M)/).map((stroke) => svg('path', { d: stroke, class: 'pen', 'stroke-width': pen })));
  return group;
}

/** Outlines side by side in an element, in squares of 28; `perLine` of them in a line. */
export function place(paths, element, perLine = paths.length) {
  element.replaceChildren(...paths.map((d, index) => {
    const [x, y] = [(index % perLine) * SIDE, Math.floor(index / perLine) * SIDE];
    const digit = svg('g', { transform: `translate(${x} ${y})` });
    digit.append(svg('path', { d }));
    return digit;
  }));
}

/** Digits' heights that a pen goes in a second, and seconds that it is lifted for. */
const SPEED = 5;
const LIFT = 0.05;
/** Seconds after which a text is written, however long it is; a pen does not wait longer for what it wrote before. */
const LONGEST = 2.5;
const PATIENCE = 0.6;

/**
 * A text to be shown: outlines of its characters, each with the character itself, in squares side by side or, with
 * `width` and `height`, where they stand in a line.
 *
 * @typedef {{ characters: { d: string, pen?: number, mark: string }[], printed?: string, width?: number,
 *   height?: number }} Writing
 */

/** The sheet that texts are written on: it reveals what is new along its strokes, and can be enlarged. */
export class Paper {
  #element;
  #strokes;
  /** @type {Writing} */
  #writing = { characters: [] };
  #groups = [];
  #size = { width: SIDE, height: SIDE };
  #view = { zoom: 1, x: 0.5, y: 0.5 };
  #drag;
  /** The number of the next mask. */
  #mask = 0;
  /** When the pen is free, in seconds. */
  #free = 0;

  /**
   * @param {SVGSVGElement} element
   * @param {(outline: { d: string, digit: string }) => Promise<{ d: string, width: number }[]>} strokes finds those
   *   of a digit.
   */
  constructor(element, strokes, { zoomIn, zoomOut, zoomReset }) {
    this.#element = element;
    this.#strokes = strokes;
    zoomIn.addEventListener('click', () => this.zoom(1.6));
    zoomOut.addEventListener('click', () => this.zoom(1 / 1.6));
    zoomReset.addEventListener('click', () => this.zoom(0));
    element.addEventListener('keydown', (event) => this.#key(event));
    element.addEventListener('wheel', (event) => {
      if (!event.ctrlKey && this.#view.zoom === 1) return;
      event.preventDefault();
      this.zoom(Math.exp(-event.deltaY / 300));
    }, { passive: false });
    element.addEventListener('pointerdown', (event) => {
      if (this.#view.zoom > 1) {
        this.#drag = { x: event.clientX, y: event.clientY, view: { ...this.#view } };
        element.setPointerCapture(event.pointerId);
      }
    });
    element.addEventListener('pointermove', (event) => this.#dragTo(event));
    for (const end of ['pointerup', 'pointercancel']) element.addEventListener(end, () => { this.#drag = undefined; });
    new ResizeObserver(() => this.#arrange()).observe(element);
  }

  /**
   * Shows a text. Characters that are new are written one after the other, unless motion should be reduced.
   *
   * @param {Writing} writing
   * @param {boolean} anew writes all of them
   */
  show(writing, label, { anew = false } = {}) {
    const { characters } = this.#writing;
    const before = anew ? [] : characters;
    const text = (all) => all.map(({ mark }) => mark).join('');
    const isEdit = anew || text(characters) !== text(writing.characters);
    const fresh = [];
    this.#groups = writing.characters.map((character, index) => {
      // One that is being written goes on.
      if (!anew && before[index]?.d === character.d) return this.#groups[index];
      const group = drawn(character);
      if (isEdit && before[index]?.mark !== character.mark) fresh.push({ character, group });
      return group;
    });
    this.#writing = writing;
    const printed = writing.printed ? [svg('path', { d: writing.printed, class: 'printed' })] : [];
    this.#element.replaceChildren(...printed, ...this.#groups);
    this.#element.setAttribute('aria-label', label);
    this.#arrange();
    if (!matchMedia('(prefers-reduced-motion: reduce)').matches) this.#write(fresh);
  }

  /** Writes characters in turn. */
  async #write(fresh) {
    for (const { group } of fresh) group.classList.add('waiting');
    this.#free = Math.min(this.#free, seconds() + PATIENCE);
    const pace = Math.max(1, fresh.length * 0.5 / LONGEST);
    for (const { character, group } of fresh) {
      if (!group.isConnected) continue;
      const isPen = character.pen !== undefined;
      const found = isPen ? [] : await this.#strokes({ d: character.d, digit: character.mark }).catch(() => []);
      group.classList.remove('waiting');
      if (isPen) this.#animate([...group.children], pace);
      else if (found.length > 0) this.#animate(this.#masked(group.firstChild, found), pace);
    }
  }

  /** Hides an outline but for where strokes are, until they are complete. Returns the strokes. */
  #masked(path, found) {
    const id = `mask-${this.#mask++}`;
    const strokes = found.map(({ d, width }) => svg('path', { d, class: 'pen', 'stroke-width': width }));
    const mask = svg('mask', { id });
    mask.append(...strokes);
    path.before(mask);
    path.setAttribute('mask', `url(#${id})`);
    strokes.at(-1).addEventListener('animationend', () => {
      path.removeAttribute('mask');
      mask.remove();
    });
    return strokes;
  }

  /** Lets strokes appear from end to end, one after the other. */
  #animate(strokes, pace) {
    const now = seconds();
    let start = Math.max(this.#free, now);
    const height = 0.75 * (this.#writing.height ?? SIDE);
    for (const stroke of strokes) {
      const duration = stroke.getTotalLength() / height / SPEED / pace;
      stroke.setAttribute('pathLength', 1);
      stroke.classList.add('written');
      stroke.style.animationDelay = `${start - now}s`;
      stroke.style.animationDuration = `${duration}s`;
      start += duration + LIFT / pace;
    }
    this.#free = start;
  }

  /** Enlarges by a factor; 0 shows the whole again. */
  zoom(factor) {
    this.#view.zoom = factor === 0 ? 1 : Math.min(Math.max(this.#view.zoom * factor, 1), 40);
    if (this.#view.zoom === 1) Object.assign(this.#view, { x: 0.5, y: 0.5 });
    this.#frame();
  }

  /** Puts digits in squares into as many rows as show them largest. */
  #arrange() {
    const { clientWidth, clientHeight } = this.#element;
    const { width, height } = this.#writing;
    const count = this.#groups.length;
    if (count === 0 || clientHeight === 0) return;
    if (height !== undefined) {
      this.#size = { width, height };
      this.#frame();
      return;
    }
    let best = { side: 0, perLine: count };
    for (let lines = 1; lines <= count; lines += 1) {
      const perLine = Math.ceil(count / lines);
      const side = Math.min(clientWidth / perLine, clientHeight / lines);
      if (side > best.side) best = { side, perLine };
    }
    const { perLine } = best;
    this.#size = { width: perLine * SIDE, height: Math.ceil(count / perLine) * SIDE };
    this.#groups.forEach((digit, index) => {
      const [x, y] = [(index % perLine) * SIDE, Math.floor(index / perLine) * SIDE];
      digit.setAttribute('transform', `translate(${x} ${y})`);
    });
    this.#frame();
  }

  #frame() {
    const { zoom } = this.#view;
    const [width, height] = [this.#size.width / zoom, this.#size.height / zoom];
    const clamp = (value) => Math.min(Math.max(value, 0.5 / zoom), 1 - 0.5 / zoom);
    this.#view.x = clamp(this.#view.x);
    this.#view.y = clamp(this.#view.y);
    const [x, y] = [this.#view.x * this.#size.width - width / 2, this.#view.y * this.#size.height - height / 2];
    this.#element.setAttribute('viewBox', `${x} ${y} ${width} ${height}`);
    this.#element.classList.toggle('zoomed', zoom > 1);
  }

  #move(x, y) {
    this.#view.x += x / this.#view.zoom;
    this.#view.y += y / this.#view.zoom;
    this.#frame();
  }

  #dragTo(event) {
    if (!this.#drag) return;
    const { width, height } = this.#size;
    const scale = Math.min(this.#element.clientWidth / width, this.#element.clientHeight / height);
    this.#view.x = this.#drag.view.x - (event.clientX - this.#drag.x) / (scale * width * this.#view.zoom);
    this.#view.y = this.#drag.view.y - (event.clientY - this.#drag.y) / (scale * height * this.#view.zoom);
    this.#frame();
  }

  #key(event) {
    const moves = { ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, -0.1], ArrowDown: [0, 0.1] };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '+' || event.key === '=') this.zoom(1.6);
    else if (event.key === '-') this.zoom(1 / 1.6);
    else if (event.key === '0') this.zoom(0);
    else if (moves[event.key] && this.#view.zoom > 1) this.#move(...moves[event.key]);
    else return;
    event.preventDefault();
  }
}
