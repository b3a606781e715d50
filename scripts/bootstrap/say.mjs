/** Tells the person who started us what happens now. @param {string} sentence */
export function say(sentence) {
  process.stdout.write(`  ${sentence}\n`);
}
