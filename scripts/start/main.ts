import { say } from '../bootstrap/say.mjs';
import { buildProject } from '../build/buildProject.ts';
import { stopOrphanedApi } from '../services/api/startApi.ts';
import { portRefusal } from '../services/process/freePort.ts';
import { findTurnserver } from '../services/coturn/findTurnserver.ts';
import { bothSettled, startStack, type Stack } from '../services/startStack.ts';
import { installSynapse } from '../services/synapse/installSynapse.ts';
import { holdDataFolder, type HeldFolder } from './dataFolder.ts';
import { externalDatabase, externalMatrix } from './external.ts';
import { fillSample } from './fillSample.ts';
import { readOptions, usage, type StartOptions } from './options.ts';
import { chooseRelay } from './relay.ts';
import { portSentence, sentenceFor } from './sentenceFor.ts';
import { supervise } from './supervise.ts';

/*
 * npm start: lock the data folder, tidy up after a crash, install Synapse and build what changed, start PostgreSQL,
 * Synapse and coturn side by side, migrate, start the API, print the address. Stops in the opposite order.
 */

let dataFolder = '';
let held: HeldFolder | null = null;
let stack: Stack | null = null;
let starting: Promise<unknown> = Promise.resolve();
let stopping: Promise<void> | null = null;
const fetching = new AbortController();

/** However we are asked to go, it happens once: what is being fetched or built is dropped, what is just starting comes up first. */
function shutDown(exitCode: number): Promise<void> {
  stopping ??= (async () => {
    held?.leaving();
    fetching.abort();
    if (exitCode === 0) say('Stopping');
    await starting.catch(() => {});
    await stack?.stop();
    held?.release();
    process.exit(exitCode);
  })();
  return stopping;
}

function fail(error: unknown): void {
  if (!stopping) process.stderr.write(`${sentenceFor(error, dataFolder)}\n`);
  void shutDown(1);
}

async function prepare(options: StartOptions): Promise<Stack> {
  const began = performance.now();
  held = await holdDataFolder(options.data);
  await stopOrphanedApi(options.data);
  const refused = await portRefusal(options.port);
  if (refused) throw portSentence(options.port, refused);

  const matrix = externalMatrix(process.env);
  const database = externalDatabase(process.env);
  const { relay, sentence } = chooseRelay(process.env, findTurnserver(), options.origin);
  const [python] = await bothSettled(matrix ? '' : installSynapse(say, fetching.signal), buildProject(say, fetching.signal));
  fetching.signal.throwIfAborted();
  say('Starting PostgreSQL, Synapse and the API');
  const started = await startStack({
    folder: options.data,
    port: options.port,
    serverName: options.serverName,
    ...(options.origin === undefined ? {} : { origin: options.origin }),
    python,
    signUp: 'first',
    durable: true,
    database,
    matrix,
    relay,
  });
  if (options.sample) await fillSample(started.origin);
  if (sentence) say(sentence);
  say(`Ready after ${((performance.now() - began) / 1000).toFixed(1)} s. Data and logs are in ${options.data}; Ctrl-C stops everything.`);
  process.stdout.write(`\n  ${started.origin}\n\n`);
  return started;
}

// A terminal that is gone must not keep us from stopping what we started.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void shutDown(0));
// Whoever started us was killed: nobody could stop us any more.
process.on('disconnect', () => void shutDown(1));

try {
  const options = readOptions(process.argv.slice(2), process.env['INIT_CWD'] ?? process.cwd());
  if (!options) {
    process.stdout.write(usage);
    process.exit(0);
  }
  dataFolder = options.data;
  starting = prepare(options).then((started) => {
    stack = started;
  });
  await starting;
  const services = stack as Stack | null;
  for (const service of [services?.postgres?.service, services?.synapse?.service, services?.coturn, services?.api]) if (service) supervise(service, say, fail);
} catch (error) {
  fail(error);
}
