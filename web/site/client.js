/** The page's side of the worker: its calls as promises. */
export class Client {
  #worker;
  #waiting = new Map();
  #latest = new Map();
  #next = 0;

  /** @param {Worker} worker */
  constructor(worker) {
    this.#worker = worker;
    worker.onmessage = ({ data: { id, result, error } }) => {
      const { resolve, reject } = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error === undefined) resolve(result);
      else reject(new Error(error));
    };
    worker.onerror = (event) => {
      event.preventDefault();
      for (const { reject } of this.#waiting.values()) reject(new Error('this browser cannot run the page’s worker'));
      this.#waiting.clear();
    };
  }

  /** Calls a function of the worker. */
  call(call, ...parameters) {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, call, parameters });
    });
  }

  /**
   * The same for what changes faster than it is drawn: of the calls with one key, only the newest waits. The result of
   * one that was overtaken is undefined.
   */
  async latest(key, call, ...parameters) {
    const turn = this.#latest.get(key) ?? { running: false };
    this.#latest.set(key, turn);
    turn.waiting?.(false);
    turn.waiting = undefined;
    if (turn.running && !(await new Promise((resolve) => { turn.waiting = resolve; }))) return undefined;
    turn.running = true;
    try {
      return await this.call(call, ...parameters);
    } finally {
      turn.running = false;
      const next = turn.waiting;
      turn.waiting = undefined;
      if (next) {
        turn.running = true;
        next(true);
      }
    }
  }
}
