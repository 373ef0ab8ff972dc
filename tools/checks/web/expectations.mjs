// What the checks of the page and of the package expect.
let failures = 0;

/** Reports a sentence that does not hold. */
export function expect(condition, sentence) {
  if (condition) return;
  console.error(`FAILED: ${sentence}`);
  failures += 1;
}

/** Ends the process with 1 after a failure, and otherwise with 0. Prints the sentence, or the number of failures. */
export function finish(sentence) {
  if (sentence) console.log(failures === 0 ? sentence : `${failures} failures`);
  process.exit(failures > 0 ? 1 : 0);
}
