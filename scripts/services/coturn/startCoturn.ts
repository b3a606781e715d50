import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../process/freePort.ts';
import { stopRecordedProcess } from '../process/record.ts';
import { createService, type Service } from '../process/service.ts';
import { writeFileAtomically } from '../process/writeFileAtomically.ts';
import { answersStun } from './answersStun.ts';

export interface CoturnOptions {
  /** Data folder of the installation: everything of coturn's goes to `<folder>/coturn`. */
  folder: string;
  /** Path of `turnserver`. */
  program: string;
  /** Shared with the API, which makes credentials of it. */
  secret: string;
}

export interface Coturn {
  service: Service;
  /** As RTCPeerConnection takes them. */
  urls: string[];
}

/**
 * Starts a coturn of our own on a free port of 127.0.0.1, which relays between programs of this machine only. One that an earlier
 * run left behind is stopped first.
 * @throws ServiceFailure when it does not come up
 */
export async function startCoturn({ folder, program, secret }: CoturnOptions): Promise<Coturn> {
  const recordFile = join(folder, 'processes', 'coturn.json');
  await stopRecordedProcess(recordFile, 'SIGTERM', 5_000);
  const port = await freePort();
  const coturnFolder = join(folder, 'coturn');
  mkdirSync(coturnFolder, { recursive: true, mode: 0o700 });
  const configFile = join(coturnFolder, 'turnserver.conf');
  writeFileAtomically(configFile, configuration(coturnFolder, port, secret));
  const service = createService({
    name: 'coturn',
    command: program,
    args: ['-c', configFile],
    folder: coturnFolder,
    env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' },
    user: null,
    logFile: join(folder, 'logs', 'coturn.log'),
    recordFile,
    isReady: () => answersStun(port),
    readyWithin: 20_000,
    stopSignal: 'SIGTERM',
    stopWithin: 5_000,
  });
  await service.start();
  return { service, urls: ['udp', 'tcp'].map((transport) => `turn:127.0.0.1:${port}?transport=${transport}`) };
}

/** In a file, not on the command line: there everybody on the machine would read the secret. */
function configuration(folder: string, port: number, secret: string): string {
  const settings: readonly (readonly [name: string, value?: string])[] = [
    ['listening-ip', '127.0.0.1'],
    ['relay-ip', '127.0.0.1'],
    ['listening-port', String(port)],
    ['realm', 'baton'],
    ['use-auth-secret'],
    ['static-auth-secret', secret],
    ['fingerprint'],
    ['stale-nonce', '600'],
    // Between two browsers of this machine, which is all that a relay on loopback reaches; nothing beyond it is dialled.
    ['allow-loopback-peers'],
    ['denied-peer-ip', '0.0.0.0-126.255.255.255'],
    ['denied-peer-ip', '128.0.0.0-255.255.255.255'],
    ['no-tcp-relay'],
    ['no-multicast-peers'],
    ['no-tls'],
    ['no-dtls'],
    ['no-cli'],
    ['pidfile', join(folder, 'turnserver.pid')],
    ['userdb', join(folder, 'turndb')],
    ['log-file', 'stdout'],
    ['simple-log'],
  ];
  return settings.map(([name, value]) => (value === undefined ? `${name}\n` : `${name}=${value}\n`)).join('');
}
