import { statfsSync } from 'node:fs';
import { Refusal } from './refusal.mjs';

/**
 * Checks that this machine can run Baton at all.
 * @throws {Refusal}
 */
export function checkMachine() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Refusal(`Baton runs on Linux with an x64 processor so far, and this is ${process.platform} on ${process.arch}: start it on such a machine, or in a virtual one.`);
  }
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major < 20) throw new Refusal(`Baton needs Node 20 or newer to start, and this is ${process.versions.node}: install a newer one from nodejs.org, then start again.`);
}

/**
 * Checks that there is room before something large is fetched or a database started.
 * @param {string} folder an existing folder
 * @param {number} megabytes that will be needed
 * @throws {Refusal}
 */
export function checkRoom(folder, megabytes) {
  const { bavail, bsize } = statfsSync(folder);
  const free = Math.floor((bavail * bsize) / 1024 / 1024);
  if (free < megabytes) throw new Refusal(`The disk that holds ${folder} has ${free} MB left and Baton needs ${megabytes} MB there: free some space, or choose another folder with --data, then start again.`);
}
