const NAMESPACE = 'http://www.w3.org/2000/svg';
const SIDE = 28;

/** An element of SVG. */
export function svg(name, attributes = {}) {
  const element = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
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

/** The sheet that numbers are written on: it reveals what is new, and can be enlarged. */
export class Paper {
  #element;
  #digits = [];
  #size = { width: SIDE, height: SIDE };
  #view = { zoom: 1, x: 0.5, y: 0.5 };
  #drag;

  /** @param {SVGSVGElement} element */
  constructor(element, { zoomIn, zoomOut, zoomReset }) {
    this.#element = element;
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
   * Shows digits. Those that are new are written one after the other.
   *
   * @param {string[]} paths outlines
   * @param {boolean} anew writes all of them
   */
  show(paths, label, { anew = false } = {}) {
    const before = anew ? [] : this.#digits;
    // Digits after a changed one keep their place; only new outlines are written.
    const isEdit = paths.length !== before.length || anew;
    let turn = 0;
    this.#digits = paths;
    this.#element.replaceChildren(...paths.map((d, index) => {
      const digit = svg('g');
      const path = svg('path', { d });
      if (isEdit && before[index] !== d) {
        path.classList.add('written');
        path.style.animationDelay = `${turn * (paths.length > 12 ? 0.08 : 0.32)}s`;
        turn += 1;
      }
      digit.append(path);
      return digit;
    }));
    this.#element.setAttribute('aria-label', label);
    this.#arrange();
  }

  /** Enlarges by a factor; 0 shows the whole again. */
  zoom(factor) {
    this.#view.zoom = factor === 0 ? 1 : Math.min(Math.max(this.#view.zoom * factor, 1), 40);
    if (this.#view.zoom === 1) Object.assign(this.#view, { x: 0.5, y: 0.5 });
    this.#frame();
  }

  /** Puts the digits into as many lines as show them largest. */
  #arrange() {
    const { clientWidth, clientHeight } = this.#element;
    const count = this.#digits.length;
    if (count === 0 || clientHeight === 0) return;
    let best = { side: 0, perLine: count };
    for (let lines = 1; lines <= count; lines += 1) {
      const perLine = Math.ceil(count / lines);
      const side = Math.min(clientWidth / perLine, clientHeight / lines);
      if (side > best.side) best = { side, perLine };
    }
    const { perLine } = best;
    this.#size = { width: perLine * SIDE, height: Math.ceil(count / perLine) * SIDE };
    [...this.#element.children].forEach((digit, index) => {
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
