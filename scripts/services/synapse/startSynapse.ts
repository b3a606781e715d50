import { join } from 'node:path';
import { freePort } from '../process/freePort.ts';
import { createService, type Service } from '../process/service.ts';
import { stopRecordedProcess } from '../process/record.ts';
import type { Secrets } from '../secrets.ts';
import { answersOk } from '../process/answersOk.ts';
import { configureSynapse } from './configure.ts';

export interface SynapseOptions {
  /** Data folder of the installation: everything of Synapse's goes to `<folder>/synapse`. */
  folder: string;
  /** Python of the environment that holds Synapse. */
  python: string;
  serverName: string;
  /** Address that browsers use. */
  publicOrigin: string;
  secrets: Secrets;
}

export interface Synapse {
  service: Service;
  /** Address on loopback, for the API alone. */
  url: string;
  serverName: string;
}

/**
 * Starts a Synapse of our own on a free port of 127.0.0.1, with its database, media and keys in the data folder. One that
 * an earlier run left behind is stopped first.
 * @throws ServiceFailure when it does not come up
 */
export async function startSynapse({ folder, python, serverName, publicOrigin, secrets }: SynapseOptions): Promise<Synapse> {
  const recordFile = join(folder, 'processes', 'synapse.json');
  await stopRecordedProcess(recordFile, 'SIGTERM', 15_000);
  const port = await freePort();
  const synapseFolder = join(folder, 'synapse');
  const configFile = configureSynapse({ folder: synapseFolder, port, serverName, publicOrigin, secrets });
  const url = `http://127.0.0.1:${port}`;
  const service = createService({
    name: 'Synapse',
    command: python,
    args: ['-m', 'synapse.app.homeserver', '--config-path', configFile],
    folder: synapseFolder,
    env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', PYTHONUNBUFFERED: '1' },
    user: null,
    logFile: join(folder, 'logs', 'synapse.log'),
    recordFile,
    isReady: () => answersOk(`${url}/health`),
    readyWithin: 60_000,
    stopSignal: 'SIGTERM',
    stopWithin: 15_000,
  });
  await service.start();
  return { service, url, serverName };
}
