import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkMachine } from './machine.mjs';
import { cacheFolder, projectFolder } from './places.mjs';
import { findPython } from './python.mjs';
import { Refusal, refusalFor } from './refusal.mjs';
import { installToolchain } from './toolchain.mjs';
import { installWorkspace } from './workspace.mjs';

/*
 * Everything here is plain JavaScript for Node 20 without dependencies: it runs before anything is installed. What needs
 * more is TypeScript, run by the Node 24 that is fetched here.
 */

/**
 * Fetches what is missing, then runs a TypeScript program with our own Node and hands it the arguments and the terminal.
 * Signals are passed on, and its exit code becomes ours; should we be killed, it notices that the channel to us has closed.
 * @param {string} program within scripts/
 */
export function bootstrap(program) {
  try {
    checkMachine();
    mkdirSync(cacheFolder, { recursive: true });
    findPython();
    const toolchain = installToolchain();
    installWorkspace(toolchain);
    runProgram(toolchain, join(projectFolder, 'scripts', program));
  } catch (error) {
    const refusal = refusalFor(error, projectFolder, Refusal.projectNotWritable);
    if (!refusal) throw error;
    process.stderr.write(`${refusal.message}\n`);
    process.exitCode = 1;
  }
}

/**
 * @param {{ node: string, path: string }} toolchain
 * @param {string} program
 */
function runProgram({ node, path }, program) {
  const child = spawn(node, [program, ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, PATH: path },
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal));
  child.once('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143);
    if (child.connected) child.disconnect();
  });
}
