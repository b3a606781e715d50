import { join } from 'node:path';
import { matrixEnvironment, type MatrixEnvironment } from '../services/api/apiEnvironment.ts';
import type { Service } from '../services/process/service.ts';
import { readOrCreateSecrets } from '../services/secrets.ts';
import { installSynapse } from '../services/synapse/installSynapse.ts';
import { startSynapse } from '../services/synapse/startSynapse.ts';
import type { ProvidedMatrix } from './provided.ts';
import { createDataFolder } from './runFolder.ts';

const serverName = 'baton.test';

/** A homeserver of a test's own: `service` stops, kills and restarts it, on the same port and data. */
export interface TestSynapse {
  matrix: ProvidedMatrix;
  service: Service;
  /** Its data folder: database, media, logs. */
  folder: string;
}

/**
 * Starts a homeserver in the run's folder, installing Synapse when that has not been done yet. A test that may share one
 * takes `inject('matrix')` instead.
 * @param runFolder in a test `inject('runFolder')`
 */
export async function startTestSynapse(runFolder: string): Promise<TestSynapse> {
  const folder = createDataFolder(runFolder);
  const secrets = readOrCreateSecrets(join(folder, 'secrets.json'));
  const python = await installSynapse(console.log);
  const { service, url } = await startSynapse({ folder, python, serverName, publicOrigin: 'http://127.0.0.1', secrets });
  return { service, folder, matrix: providedMatrix(matrixEnvironment(url, serverName, secrets)) };
}

/** What the API is told of its homeserver, as a plain object. */
export function providedMatrix(environment: MatrixEnvironment): ProvidedMatrix {
  return {
    url: environment.MATRIX_URL,
    serverName: environment.MATRIX_SERVER_NAME,
    asToken: environment.MATRIX_AS_TOKEN,
    registrationSecret: environment.MATRIX_REGISTRATION_SECRET,
    jwtSecret: environment.MATRIX_JWT_SECRET,
    jwtIssuer: environment.MATRIX_JWT_ISSUER,
    jwtAudience: environment.MATRIX_JWT_AUDIENCE,
  };
}
