#!/usr/bin/env node
// A client of `digitgen serve` that uses only Node's own modules.
//
// Copy this file, or the parts that you need:
//
//     const digits = new DigitGen();
//     const reply = await digits.draw("7", { count: 16, seed: 1 });
//     await writeFile("sevens.png", reply.images[0]);
//     await digits.close();
//
// Requests made without awaiting the previous one are sent at once and drawn together.
//
// Run as a program, it writes a grid of sevens to sevens.png and then measures the rate of many requests. Its arguments
// replace the command "digitgen serve".

import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** An error reply; docs/protocol.md lists the values of `code`. */
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
  /** Requests that wait for a reply, in order. */
  #waiting = [];

  constructor(command = ["digitgen", "serve"]) {
    this.#process = spawn(command[0], command.slice(1), { stdio: ["pipe", "pipe", "inherit"] });
    this.#ended = new Promise((resolve, reject) => {
      this.#process.on("error", reject);
      this.#process.on("close", (status) =>
        status === 0 ? resolve() : reject(new Error(`digitgen exited with code ${status}`)));
    });
    const fail = (error) => this.#waiting.splice(0).forEach(({ reject }) => reject(error));
    this.#ended.then(() => fail(new Error("digitgen has exited")), fail);
    this.#process.stdin.on("error", () => {});  // The exit code tells why.
    createInterface({ input: this.#process.stdout }).on("line", (line) => this.#receive(line));
  }

  /**
   * Draws `digits`, a string. `fields` are the other fields of a request: count, seed, first, model, format, layout.
   * Seeds from 2^53 must be strings, such as String(aBigInt), because JavaScript's numbers cannot hold them.
   * The reply's `images` are Buffers, one per file: one in the layout "grid", `count` in "each".
   */
  draw(digits, fields = {}) {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#process.stdin.write(JSON.stringify({ digits, ...fields }) + "\n");
    });
  }

  /** Ends the session after the last reply. */
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
  await digits.draw("sieben").catch((error) => console.log(`expected error: ${error.message}`));

  const count = 2_000;
  const start = performance.now();
  const requests = Array.from({ length: count }, (_, i) =>
    digits.draw(String(i % 10), { seed: 1, first: i, format: "raw" }));
  const replies = await Promise.all(requests);
  const seconds = (performance.now() - start) / 1000;
  if (!replies.every((reply, i) => reply.labels[0] === String(i % 10) && reply.images[0].length === 784)) {
    throw new Error("a reply does not match its request");
  }
  console.log(`${Math.round(count / seconds)} requests per second`);
  await digits.close();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(process.argv.length > 2 ? process.argv.slice(2) : ["digitgen", "serve"]);
}
