import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Refusal } from '../bootstrap/refusal.mjs';
import { projectFolder } from '../services/paths.ts';

/** What a person may say at the start. */
export interface StartOptions {
  port: number;
  /** Absolute path of the data folder. */
  data: string;
  serverName: string;
  /** Address that browsers use, where something stands in front of us. */
  origin: string | undefined;
  /** Fill a new data folder with a sample agency. */
  sample: boolean;
}

export const usage = `npm start -- [options]

  --port NUMBER        port of the one address (4173)
  --data FOLDER        where data and logs are kept (.data)
  --sample             fill a new data folder with a sample agency
  --server-name NAME   server part of the Matrix ids, fixed by the first start (baton.local)
  --origin URL         address that browsers use, where a proxy stands in front
`;

/**
 * Reads the command line; null when help was asked for.
 * @param callerFolder what a relative --data is relative to
 * @throws Refusal
 */
export function readOptions(args: readonly string[], callerFolder: string): StartOptions | null {
  const values = parse(args);
  if (values.help) return null;
  const port = Number(values.port ?? 4173);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Refusal(`--port ${values.port} is not a port: give a number from 1 to 65535.`);
  const serverName = values['server-name'] ?? 'baton.local';
  if (!/^[a-z0-9.-]{1,200}(:\d{1,5})?$/.test(serverName)) throw new Refusal(`--server-name ${serverName} is not a host name: use small letters, digits, dots and hyphens.`);
  return {
    port,
    data: values.data === undefined ? resolve(projectFolder, '.data') : resolve(callerFolder, values.data),
    serverName,
    origin: values.origin === undefined ? undefined : readOrigin(values.origin),
    sample: values.sample ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        sample: { type: 'boolean' },
        'server-name': { type: 'string' },
        origin: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new Refusal(`${(error as Error).message.split('. ')[0]}: see npm start -- --help.`);
  }
}

function readOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search !== '') {
    throw new Refusal(`--origin ${text} is not an origin: give scheme and host only, such as https://baton.example.com.`);
  }
  return url.origin;
}
