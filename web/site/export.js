import { commandOf, isLine, linkTo } from './state.js';

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crc(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) value = CRC_TABLE[(value ^ byte) & 0xff] ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

function chunk(name, content) {
  const bytes = new Uint8Array(12 + content.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, content.length);
  bytes.set(new TextEncoder().encode(name), 4);
  bytes.set(content, 8);
  view.setUint32(8 + content.length, crc(bytes.subarray(4, 8 + content.length)));
  return bytes;
}

/** A gray PNG, black on white, of pixels whose ink is 255. */
export async function png({ pixels, width, height }) {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header[8] = 8;
  // Each line begins with its filter: none.
  const lines = new Uint8Array((width + 1) * height);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      lines[row * (width + 1) + 1 + column] = 255 - pixels[row * width + column];
    }
  }
  const stream = new Blob([lines]).stream().pipeThrough(new CompressionStream('deflate'));
  const data = new Uint8Array(await new Response(stream).arrayBuffer());
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  return new Blob(
    [signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', new Uint8Array())], { type: 'image/png' });
}

/** An SVG of outlines side by side, black on white. */
export function svgText({ paths, size }) {
  const width = paths.length * size;
  const drawn = paths.map((d, index) => (d === '' ? '' : `<path transform="translate(${index * size} 0)" d="${d}"/>\n`));
  return svgFile(width, size, drawn.join(''));
}

function svgFile(width, height, content) {
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<rect width="${width}" height="${height}" fill="#ffffff"/>
<g fill="#000000" fill-rule="evenodd">
${content}</g>
</svg>
`;
}

/** An SVG of a line, black on white. */
export function svgOfLine({ characters, printed, width, height }) {
  const paths = characters.map(({ d, pen }) =>
    (pen === undefined ? `<path d="${d}"/>\n`
      : `<path fill="none" stroke="#000000" stroke-width="${pen}" stroke-linecap="round" d="${d}"/>\n`));
  return svgFile(width, height, `${printed && `<path fill="#6f6f6f" d="${printed}"/>\n`}${paths.join('')}`);
}

/** A name of a file for a text. */
function fileName(text) { return text.replace(/[^\d.-]+/g, '_').replace(/^[._-]+|[._-]+$/g, '') || 'line'; }

function save(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** The buttons that save or copy what is drawn. */
export class Export {
  #parts;
  #client;
  #state;
  #options;

  /** @param {(text: string) => void} say shows a sentence. */
  constructor(client, parts, say) {
    this.#client = client;
    this.#parts = parts;
    const on = (button, action) => button.addEventListener('click', async () => {
      try {
        await action();
      } catch (error) {
        say(error.message);
      }
    });
    on(parts.png, async () => {
      const drawn = await this.#call('line', 'draw');
      save(await png(drawn), `${fileName(this.#state.text)}.png`);
    });
    on(parts.svg, async () => {
      const drawn = await this.#call('lineOutlines', 'outlines');
      const text = isLine(this.#state) ? svgOfLine(drawn) : svgText(drawn);
      save(new Blob([text], { type: 'image/svg+xml' }), `${fileName(this.#state.text)}.svg`);
    });
    on(parts.command, () => this.#copy(parts.command, parts.shown.textContent));
    on(parts.link, () => this.#copy(parts.link, location.href.split('#')[0] + linkTo(this.#state)));
    parts.size.addEventListener('change', () => this.show(this.#state, this.#options));
  }

  /** Offers a state; `options` gives those of its request. */
  show(state, options) {
    this.#state = state;
    this.#options = options;
    const { size } = this.#size();
    const picture = ['--invert', ...(size ? ['--size', size] : []), '-o', `${fileName(state.text)}.png`];
    this.#parts.sizeLabel.hidden = isLine(state);
    this.#parts.shown.textContent = commandOf(state, picture);
  }

  /** Draws the state by one call of the worker if it is a line, and by the other in cells. */
  #call(ofLine, inCells) {
    return this.#client.call(
      isLine(this.#state) ? ofLine : inCells, this.#state.text, { ...this.#options(), ...this.#size() });
  }

  /** The size of cells; a line has its height. */
  #size() {
    const size = Number(this.#parts.size.value);
    return size === 28 || isLine(this.#state) ? {} : { size };
  }

  async #copy(button, text) {
    await navigator.clipboard.writeText(text);
    const before = button.textContent;
    button.textContent = 'Copied';
    setTimeout(() => { button.textContent = before; }, 1500);
  }
}
