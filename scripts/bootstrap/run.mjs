import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Refusal } from './refusal.mjs';

/**
 * Runs a program that fetches something, with its output in a log.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, logFile: string, what: string }} options `what` it fetches, for people
 * @throws {Refusal} when it fails
 */
export function fetchBy(command, args, { cwd, env, logFile, what }) {
  const done = spawnSync(command, args, { cwd, env: env ?? process.env, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
  const output = `${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}`;
  mkdirSync(dirname(logFile), { recursive: true });
  appendFileSync(logFile, `$ ${command} ${args.join(' ')}\n${output}\n`);
  if (done.status === 0) return;
  if (/ENOSPC|no space left|disk quota/i.test(output)) throw Refusal.diskFull(cwd);
  throw new Refusal(`${what} could not be fetched: check that this machine reaches the npm registry, then start again (what ${command.split('/').pop()} said is in ${logFile}).`);
}
