import cookiePlugin from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import { systemClock, type Clock } from '@baton/base';
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance, type FastifyServerOptions } from 'fastify';
import { modules } from './composition.ts';
import { findSession } from './modules/accounts/accounts.ts';
import { readersOf } from './modules/conversations/readersOf.ts';
import { openDatabase } from './platform/database/database.ts';
import type { Services } from './platform/graphql/context.ts';
import { mountGraphql } from './platform/graphql/graphqlPlugin.ts';
import { readPersistedDocuments } from './platform/graphql/persisted.ts';
import type { MatrixAdmin } from './platform/matrix/MatrixAdmin.ts';
import { makeMatrixTaskRunner } from './platform/matrix/tasks/matrixTasks.ts';
import { makeProvisioning } from './platform/matrix/provisioning.ts';
import { mountEarlyMessages } from './platform/origin/earlyMessages.ts';
import { mountMatrixProxy } from './platform/origin/matrixProxy.ts';
import { checkOrigin } from './platform/origin/originCheck.ts';
import { logRequests } from './platform/origin/requestLog.ts';
import { mountReadiness, type Readiness } from './platform/origin/readiness.ts';
import { setSecurityHeaders } from './platform/origin/securityHeaders.ts';
import { mountWebPages } from './platform/origin/webPages.ts';
import { makeChangeBus } from './platform/pubsub/changeBus.ts';
import { sessionCookie } from './platform/session/cookie.ts';

/** What the server is built of. */
export interface ServerDeps {
  publicOrigin: string;
  databaseUrl: string;
  matrix: MatrixAdmin;
  /** The homeserver that /_matrix leads to; null: nowhere. */
  matrixUrl: string | null;
  /** Folder of web's build; null: the API alone, which then takes ad-hoc queries. */
  webDist: string | null;
  secretKey: Uint8Array;
  /** Relay for calls; null: there is none. */
  turn: Services['turn'];
  signUp: 'first' | 'open';
  version: string;
  clock?: Clock;
  logger?: FastifyServerOptions['logger'];
}

/** A server that is built and does not listen yet. */
export interface BuiltServer {
  app: FastifyInstance;
  services: Services;
  readiness: Readiness;
}

/** Builds the server, ready to listen or to be injected into. It owns its pool and timers: `app.close()` ends them. */
export async function buildServer(deps: ServerDeps): Promise<BuiltServer> {
  const { publicOrigin, webDist } = deps;
  const app = Fastify({
    logger: deps.logger ?? false,
    logController: new LogController({ disableRequestLogging: true }),
    // A proxy on this machine may say for whom it asks; nobody else.
    trustProxy: 'loopback',
    bodyLimit: 256 * 1024,
    // Long polls and subscriptions don't hold a stop up.
    forceCloseConnections: true,
  });
  const services = makeServices(deps, app.log);
  const provisioning = makeProvisioning(deps.matrix, app.log);
  app.addHook('onClose', async () => {
    provisioning.stop();
    services.matrixTasks.stop();
    deps.matrix.close();
    await services.close();
  });

  logRequests(app);
  setSecurityHeaders(app, publicOrigin);
  checkOrigin(app, publicOrigin);
  const readiness = mountReadiness(app, {
    postgres: () => services.ping(),
    matrix: async () => {
      await provisioning.ready();
      await deps.matrix.ping();
    },
  });

  await app.register(cookiePlugin);
  await app.register(rateLimit, { global: false });
  const cookie = sessionCookie(publicOrigin);
  await mountGraphql(app, {
    services,
    modules,
    persisted: webDist === null ? null : await readPersistedDocuments(webDist),
    cookie,
    findViewer: (token) => findSession(services, token),
  });
  const messagePassing = mountEarlyMessages(app, {
    services,
    findViewer: (request) => findSession(services, cookie.read(request)),
    readersOf: (viewer, roomId) => readersOf(services, viewer, roomId),
  });
  if (deps.matrixUrl !== null) await mountMatrixProxy(app, deps.matrixUrl, publicOrigin, messagePassing);
  if (webDist !== null) await mountWebPages(app, webDist);
  // Fastify's own handler would log the address as it came.
  else app.setNotFoundHandler(async (_request, reply) => reply.code(404).send({ error: 'NOT_FOUND' }));
  return { app, services, readiness };
}

function makeServices(deps: ServerDeps, log: FastifyBaseLogger): Services & { close(): Promise<void> } {
  const database = openDatabase(deps.databaseUrl, (error) => log.error({ err: error }, 'what was to follow a commit failed'));
  const clock = deps.clock ?? systemClock;
  const { matrix, secretKey, turn, signUp, version } = deps;
  return {
    system: database.system,
    as: (viewer) => database.as(viewer),
    ping: () => database.ping(),
    matrix,
    matrixTasks: makeMatrixTaskRunner({ system: database.system, matrix, clock, log }),
    changes: makeChangeBus(),
    clock,
    secretKey,
    turn,
    signUp,
    version,
    log,
    close: () => database.close(),
  };
}
