#!/usr/bin/env node
// Handwritten digits from `digitgen serve`, with nothing but Node's own modules.
//
// Copy this file, or what you need of it:
//
//     const digits = new DigitGen();
//     const reply = await digits.draw("7", { count: 16, seed: 1 });
//     await writeFile("sevens.png", reply.images[0]);
//     await digits.close();
//
// Requests need not be awaited one by one: those that are made at once are sent at once, and drawn together.
//
// Started as a program, it draws a grid of sevens into sevens.png, and then shows how fast many requests are
// answered. Its arguments are the command to use instead of "digitgen serve".

import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A request that was answered by an error; `code` is one of those in docs/protocol.md. */
export class RequestError extends Error {
  constructor({ code, message }) {
    super(`${message} (${code})`);
    this.code = code;
  }
}

/** A running `digitgen serve`. */
export class DigitGen {
  #process;
  #ended;
  /** What waits for replies, in the order of the requests. */
  #waiting = [];

  constructor(command = ["digitgen", "serve"]) {
    this.#process = spawn(command[0], command.slice(1), { stdio: ["pipe", "pipe", "inherit"] });
    this.#ended = new Promise((resolve, reject) => {
      this.#process.on("error", reject);
      this.#process.on("close", (status) =>
        status === 0 ? resolve() : reject(new Error(`digitgen ended with status ${status}`)));
    });
    const fail = (error) => this.#waiting.splice(0).forEach(({ reject }) => reject(error));
    this.#ended.then(() => fail(new Error("digitgen has ended")), fail);
    this.#process.stdin.on("error", () => {});  // The end of the process tells why.
    createInterface({ input: this.#process.stdout }).on("line", (line) => this.#receive(line));
  }

  /**
   * Images of `digits`, a string. `fields` are those of a request: count, seed, first, model, format, layout.
   * A seed of 2^53 and more must be a string (or String(aBigInt)): JavaScript's numbers cannot hold it.
   * The reply's `images` are Buffers, each the bytes of a file: one with the layout "grid", `count` with "each".
   */
  draw(digits, fields = {}) {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#process.stdin.write(JSON.stringify({ digits, ...fields }) + "\n");
    });
  }

  /** Ends the session when everything has been answered. */
  close() {
    this.#process.stdin.end();
    return this.#ended;
  }

  #receive(line) {
    const { resolve, reject } = this.#waiting.shift();
    const reply = JSON.parse(line);
    if (!reply.ok) return reject(new RequestError(reply.error));
    const { data, ...facts } = reply;
    resolve({ ...facts, images: [data].flat().map((text) => Buffer.from(text, "base64")) });
  }
}

async function main(command) {
  const digits = new DigitGen(command);
  const sevens = await digits.draw("7", { count: 16, seed: 1 });
  await writeFile("sevens.png", sevens.images[0]);
  console.log(`sevens.png: ${sevens.width}x${sevens.height} pixels, by ${sevens.model}`);
  await digits.draw("sieben").catch((error) => console.log(`as it should be: ${error.message}`));

  const count = 2_000;
  const start = performance.now();
  const requests = Array.from({ length: count }, (_, i) =>
    digits.draw(String(i % 10), { seed: 1, first: i, format: "raw" }));
  const replies = await Promise.all(requests);
  const seconds = (performance.now() - start) / 1000;
  if (!replies.every((reply, i) => reply.labels[0] === String(i % 10) && reply.images[0].length === 784)) {
    throw new Error("a reply is not that of its request");
  }
  console.log(`${Math.round(count / seconds)} requests a second`);
  await digits.close();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(process.argv.length > 2 ? process.argv.slice(2) : ["digitgen", "serve"]);
}
