import { isBatonError } from '@baton/base';
import { readEnv } from './env.ts';
import { migrate } from './platform/database/migrate.ts';
import { makeSynapseAdmin } from './platform/matrix/synapse/synapseAdmin.ts';
import { requestLog } from './platform/origin/requestLog.ts';
import { buildServer } from './server.ts';
import packageJson from '../package.json' with { type: 'json' };

/** A connection that does not end is not waited for longer, in milliseconds. */
const stopWithin = 10_000;

/** Environment, migrations, server, listen. SIGTERM: unready, drain, close, exit. */
async function main(): Promise<void> {
  const env = readEnv();
  await migrate(env.databaseOwnerUrl, env.databaseUrl);
  const matrix = makeSynapseAdmin(env.matrix);
  const { app, readiness } = await buildServer({
    publicOrigin: env.publicOrigin,
    databaseUrl: env.databaseUrl,
    matrix,
    matrixUrl: env.matrix.url,
    webDist: env.webDist,
    secretKey: env.secretKey,
    turn: env.turn,
    signUp: env.signUp,
    version: packageJson.version,
    logger: requestLog,
  });
  const stop = (): void => {
    readiness.drain();
    setTimeout(() => process.exit(1), stopWithin).unref();
    app.close().then(() => process.exit(0), () => process.exit(1));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  await app.listen({ port: env.port, host: env.host });
}

main().catch((error: unknown) => {
  const sentence = isBatonError(error, 'ENVIRONMENT_INVALID')
    ? `${error.details['name']} must be ${error.details['wanted']}.`
    : `The API could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
});
