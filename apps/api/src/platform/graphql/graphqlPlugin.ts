import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError, print, validate } from 'graphql';
import mercurius from 'mercurius';
import type { ApiModule } from './apiModule.ts';
import { assemble } from './assemble.ts';
import type { ApiContext, Services } from './context.ts';
import { formatErrors } from './errorFormatter.ts';
import { assertAffordable, assertShort, documentLimits } from './limits/documentLimits.ts';
import { loadSchema } from './loadSchema.ts';
import { hashOfRequest, type PersistedDocuments } from './persisted.ts';
import { deny } from '../errors/refusal.ts';
import type { sessionCookie } from '../session/cookie.ts';
import { makeThrottles } from '../session/throttle.ts';
import type { Viewer } from '../session/viewer.ts';

/** Close code of a subscription whose session has ended. */
export const sessionEndedCode = 4401;

export interface GraphqlOptions {
  services: Services;
  modules: readonly ApiModule[];
  persisted: PersistedDocuments | null;
  cookie: ReturnType<typeof sessionCookie>;
  findViewer(token: string | undefined): Promise<Viewer>;
}

/** Mounts /graphql: POST, and the subscription over WebSocket at the same path. */
export async function mountGraphql(app: FastifyInstance, options: GraphqlOptions): Promise<void> {
  const { services, persisted, cookie } = options;
  const throttleOf = makeThrottles(app);
  const { resolvers, loaders } = assemble(options.modules);

  const contextOf = async (request: FastifyRequest, reply: FastifyReply | null): Promise<ApiContext> => {
    const viewer = await options.findViewer(cookie.read(request));
    const noCookie = { set: () => {}, clear: () => {} };
    return { viewer, services, ...services.as(viewer), cookie: reply ? cookie.of(reply) : noCookie, throttle: throttleOf(request) };
  };

  await app.register(mercurius, {
    schema: await loadSchema(),
    resolvers,
    loaders,
    graphiql: false,
    // A page can't set any of these on a request to elsewhere; a WebSocket's origin is checked.
    csrfPrevention: { requiredHeaders: ['x-mercurius-operation-name', 'mercurius-require-preflight', 'sec-websocket-key'] },
    queryDepth: 12,
    allowBatchedQueries: false,
    context: contextOf,
    errorFormatter: (execution, context) => formatErrors(execution, context.app.log) as never,
    additionalRouteOptions: {
      bodyLimit: 4 * 1024 * 1024,
      preValidation: async (request: FastifyRequest) => {
        // GET is for the WebSocket's handshake only.
        if (request.method === 'GET' && request.headers.upgrade === undefined) deny('NOT_FOUND');
      },
    },
    ...(persisted && {
      persistedQueryProvider: {
        isPersistedQuery: () => true,
        isPersistedQueryRetry: () => false,
        getHash: (body: object) => hashOfRequest(body as Record<string, unknown>),
        getQueryFromHash: async (hash: string) => (await persisted.byHash(hash)) as string,
        notFoundError: 'UNKNOWN_DOCUMENT',
        notSupportedError: 'UNKNOWN_DOCUMENT',
      },
    }),
    subscription: {
      keepAlive: 25_000,
      context: async (socket, request) => {
        const context = await contextOf(request, null);
        if (context.viewer.kind !== 'anonymous') {
          const off = services.changes.onSessionEnd(context.viewer.sessionId, () => socket.close(sessionEndedCode, 'session ended'));
          socket.on('close', off);
        }
        return context;
      },
    },
  });

  app.graphql.addHook('preParsing', async (_schema, source) => assertShort(source));
  // Not a validation rule: Mercurius validates a document once, and `first` comes as a variable each time.
  app.graphql.addHook('preExecution', async (schema, document, context, variables) => {
    context.cost = assertAffordable(schema, document, variables);
  });
  app.graphql.addHook('onResolution', async (execution, { cost }) => {
    if (!persisted && cost !== undefined) execution.extensions = { ...execution.extensions, cost: { asked: cost, allowed: documentLimits.cost } };
  });
  app.graphql.addHook('preSubscriptionExecution', async (schema, document) => {
    // `onlyPersisted` says nothing about WebSockets, and the parsing hook is passed by whoever sends a parsed document.
    if (persisted && !(await persisted.includes(print(document)))) throw new Error('UNKNOWN_DOCUMENT');
    // Nor does Mercurius validate what comes over them.
    const [invalid] = validate(schema, document);
    if (invalid) throw new GraphQLError(invalid.message, { extensions: { code: 'BAD_REQUEST' } });
    assertAffordable(schema, document);
  });
}
