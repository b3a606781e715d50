import { join } from 'node:path';
import { migrate } from '../../apps/api/src/platform/database/migrate.ts';
import { startPostgres } from '../services/postgres/startPostgres.ts';
import type { Service } from '../services/process/service.ts';
import { readOrCreateSecrets } from '../services/secrets.ts';
import type { ProvidedPostgres } from './provided.ts';
import { createDataFolder } from './runFolder.ts';

const template = 'baton_template';

/** Starts a PostgreSQL for tests, with one migrated database to clone. */
export async function startTestPostgres(runFolder: string): Promise<{ provided: ProvidedPostgres; service: Service }> {
  const folder = createDataFolder(runFolder);
  const secrets = readOrCreateSecrets(join(folder, 'secrets.json'));
  const { service, url } = await startPostgres({
    folder,
    passwords: { superuser: secrets.postgresSuperuserPassword, owner: secrets.postgresOwnerPassword, api: secrets.postgresApiPassword },
    database: template,
    durable: false,
  });
  await migrate(url('owner'), url('api'));
  return {
    service,
    provided: { superuserUrl: url('superuser', 'postgres'), ownerUrl: url('owner', 'postgres'), apiUrl: url('api', 'postgres'), template },
  };
}
