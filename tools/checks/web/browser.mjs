// Headless Chromium through its debugging pipe, and a server for a folder.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.gz': 'application/gzip' };

/**
 * Serves a folder on this machine, texts packed with gzip as hosts do, and notes how many bytes each file took.
 * `change` may replace a file's content.
 */
export async function serve(folder, change = () => undefined) {
  const sent = new Map();
  const server = createServer((request, response) => {
    const name = normalize(decodeURIComponent(request.url.split('?')[0])).replace(/^\/+/, '') || 'index.html';
    const path = join(folder, name);
    if (!existsSync(path) || name.startsWith('..')) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader('Content-Type', TYPES[extname(name)] ?? 'application/octet-stream');
    let content = change(name, path) ?? readFileSync(path);
    if (extname(name) !== '.gz') {
      response.setHeader('Content-Encoding', 'gzip');
      content = gzipSync(content);
    }
    sent.set(name, content.length);
    response.end(content);
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return { url: `http://127.0.0.1:${server.address().port}/`, sent, close: () => server.close() };
}

/** A browser without a window. */
export class Browser {
  #process;
  #profile = mkdtempSync(join(tmpdir(), 'digitgen-web-'));
  #waiting = new Map();
  #listeners = [];
  #next = 1;
  #text = '';

  constructor(executable) {
    this.#process = spawn(executable, [
      '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--hide-scrollbars',
      '--disable-background-networking', '--remote-debugging-pipe', `--user-data-dir=${this.#profile}`, 'about:blank',
    ], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    this.#process.stdio[4].setEncoding('utf8').on('data', (part) => this.#receive(part));
  }

  #receive(part) {
    this.#text += part;
    const messages = this.#text.split('\0');
    this.#text = messages.pop();
    for (const message of messages.map((text) => JSON.parse(text))) {
      if (message.id === undefined) {
        for (const listener of this.#listeners) listener(message);
        continue;
      }
      const { resolve, reject } = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.error) reject(new Error(message.error.message));
      else resolve(message.result);
    }
  }

  /** Sends a command of the DevTools protocol. */
  send(method, params = {}, sessionId = undefined) {
    const id = this.#next++;
    this.#process.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((resolve, reject) => { this.#waiting.set(id, { resolve, reject }); });
  }

  /** Opens a page. `media` emulates features such as `prefers-color-scheme`. */
  async open(url, { width = 1280, height = 900, media = {} } = {}) {
    const { targetId } = await this.send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true });
    const page = new Page(this, sessionId, targetId);
    this.#listeners.push((message) => { if (message.sessionId === sessionId) page.receive(message); });
    for (const domain of ['Page', 'Runtime', 'Log', 'Performance']) await page.send(`${domain}.enable`);
    await page.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: width < 500 });
    await page.send('Emulation.setEmulatedMedia', {
      features: Object.entries(media).map(([name, value]) => ({ name, value })),
    });
    await page.send('Page.navigate', { url });
    return page;
  }

  async close() {
    await this.send('Browser.close').catch(() => undefined);
    await new Promise((resolve) => { this.#process.once('exit', resolve); setTimeout(resolve, 3000); });
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A page of a browser. */
export class Page {
  #browser;
  #session;
  #target;
  /** What the page complained about: exceptions, and errors of its console. */
  complaints = [];

  constructor(browser, session, target) {
    this.#browser = browser;
    this.#session = session;
    this.#target = target;
  }

  receive({ method, params }) {
    if (method === 'Runtime.exceptionThrown') this.complaints.push(params.exceptionDetails.exception?.description);
    if (method === 'Log.entryAdded' && params.entry.level === 'error') this.complaints.push(params.entry.text);
  }

  send(method, params) { return this.#browser.send(method, params, this.#session); }

  /** The value of an expression, which may be a promise. */
  async value(expression) {
    const { result, exceptionDetails } = await this.send(
      'Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** Waits until an expression is true. */
  async until(expression, seconds = 30) {
    const end = Date.now() + seconds * 1000;
    while (!(await this.value(expression).catch(() => false))) {
      if (Date.now() > end) throw new Error(`never: ${expression}; ${this.complaints.join('; ')}`);
      await new Promise((resolve) => { setTimeout(resolve, 30); });
    }
  }

  /** Replaces the text of a field as typing does. */
  type(id, text) {
    return this.value(`(() => { const field = document.getElementById('${id}'); field.value = ${JSON.stringify(text)};
      field.dispatchEvent(new Event('input', { bubbles: true })); })()`);
  }

  /** A picture of the whole page. */
  async screenshot({ whole = true } = {}) {
    const { data } = await this.send('Page.captureScreenshot', { captureBeyondViewport: whole, format: 'png' });
    return Buffer.from(data, 'base64');
  }

  close() { return this.#browser.send('Target.closeTarget', { targetId: this.#target }); }
}
