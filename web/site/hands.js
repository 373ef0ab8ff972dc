import { place, svg } from './paper.js';

/** Hands on a page of the sheet; the first button of the first page leaves the hand to the seed. */
const PER_PAGE = 19;
/** Hands with greater numbers are not looked up on the sheet. */
const MOST_PAGES = 500;
const SAMPLE = '257';

/** A sheet of hands to choose from, as a group of radio buttons. */
export class Hands {
  #client;
  #group;
  #page = 0;
  #chosen = null;
  #choose;
  #before;

  /** @param {(style: number | null) => void} choose gets the number of a hand, null for that of the seed. */
  constructor(client, { group, before, after }, choose) {
    this.#client = client;
    this.#group = group;
    this.#choose = choose;
    before.addEventListener('click', () => this.#turn(-1));
    after.addEventListener('click', () => this.#turn(1));
    group.addEventListener('keydown', (event) => this.#key(event));
    this.#before = before;
  }

  /** Shows which hand is chosen. */
  async choose(style) {
    const isNew = style !== this.#chosen;
    this.#chosen = style;
    const page = style === null ? 0 : Math.floor((style - 1) / PER_PAGE);
    const isOnSheet = page >= 0 && page < MOST_PAGES;
    if (this.#group.childElementCount === 0 || (isNew && isOnSheet && page !== this.#page)) {
      this.#page = isOnSheet ? page : 0;
      await this.#show();
    }
    this.#mark();
  }

  #styles() {
    const first = this.#page * PER_PAGE + 1;
    return [null, ...Array.from({ length: PER_PAGE }, (_, index) => first + index)];
  }

  async #show() {
    const page = this.#page;
    this.#before.disabled = page === 0;
    const buttons = await Promise.all(this.#styles().map(async (style) => {
      const options = style === null ? { seed: 0, count: 1 } : { seed: 0, style };
      const { paths } = await this.#client.call('outlines', SAMPLE, options);
      return this.#button(style, paths);
    }));
    if (page === this.#page) this.#group.replaceChildren(...buttons);
    this.#mark();
  }

  #button(style, paths) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'hand';
    button.setAttribute('role', 'radio');
    button.dataset.style = style ?? '';
    const picture = svg('svg', { viewBox: `0 0 ${28 * SAMPLE.length} 28`, 'aria-hidden': 'true' });
    place(paths, picture);
    const name = document.createElement('span');
    name.textContent = style === null ? 'by the seed' : `hand ${style}`;
    button.append(picture, name);
    button.addEventListener('click', () => this.#take(style));
    return button;
  }

  #take(style) {
    this.#chosen = style;
    this.#mark();
    this.#choose(style);
  }

  #mark() {
    const buttons = [...this.#group.children];
    let any = false;
    for (const button of buttons) {
      const isChosen = button.dataset.style === String(this.#chosen ?? '');
      button.setAttribute('aria-checked', String(isChosen));
      button.tabIndex = isChosen ? 0 : -1;
      any ||= isChosen;
    }
    if (!any && buttons.length > 0) buttons[0].tabIndex = 0;
  }

  #key(event) {
    const steps = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const buttons = [...this.#group.children];
    const next = buttons[(buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length];
    next.focus();
    next.click();
  }

  async #turn(pages) {
    this.#page = Math.max(0, this.#page + pages);
    await this.#show();
  }
}
