import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { webDist } from '../services/paths.ts';
import { findTurnserver } from '../services/coturn/findTurnserver.ts';
import { freePort } from '../services/process/freePort.ts';
import { startStack, type Stack } from '../services/startStack.ts';
import { installSynapse } from '../services/synapse/installSynapse.ts';
import { createDataFolder } from './runFolder.ts';

/**
 * Starts the whole system (PostgreSQL, Synapse, coturn where it is installed, API with the built pages) on free ports, with its data in the run's folder.
 * `stack.api`, `stack.postgres.service` and `stack.synapse.service` can each be stopped, killed and started again; `stop()`
 * ends all of it.
 * @param runFolder in a test `inject('runFolder')`, elsewhere `createRunFolder()`
 * @param options `signUp: 'first'` for one firm only; any number of them is the default
 */
export async function startTestStack(runFolder: string, options: { signUp?: 'first' | 'open' } = {}): Promise<Stack> {
  const folder = createDataFolder(runFolder);
  const pages = join(folder, 'pages');
  // The next build must not take the files away from pages that are open in this run.
  if (existsSync(webDist)) cpSync(webDist, pages, { recursive: true });
  const program = findTurnserver();
  return startStack({
    folder,
    pages,
    port: await freePort(),
    serverName: 'baton.test',
    python: await installSynapse(console.log),
    signUp: options.signUp ?? 'open',
    durable: false,
    relay: program ? { program } : null,
  });
}
