import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import postgres from 'postgres';
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/database.ts';
import type { Services } from '../platform/graphql/context.ts';
import { makeMemoryMatrix, type MemoryMatrix } from '../platform/matrix/memoryMatrixAdmin.ts';
import { buildServer, type ServerDeps } from '../server.ts';
import { makeTestClient, type TestClient } from './client.ts';

export const testOrigin = 'http://baton.test';

/** A server on a database of its own, with a homeserver in memory. */
export interface TestApi {
  app: FastifyInstance;
  services: Services;
  matrix: MemoryMatrix;
  database: TestDatabase;
  /** Past every policy: to see what is really there, and to plant what no command makes. */
  sql: postgres.Sql;
  clock: { now(): number; advance(milliseconds: number): void };
  /** A browser at which nobody is signed in. */
  client(): TestClient;
  close(): Promise<void>;
}

/** Starts an API for a test file: call it in beforeAll, `close` in afterAll. Further firms may be set up on it. */
export async function startTestApi(overrides: Partial<ServerDeps> = {}): Promise<TestApi> {
  const database = await createTestDatabase();
  const matrix = makeMemoryMatrix();
  let ahead = 0;
  const clock = { now: () => Date.now() + ahead, advance: (milliseconds: number) => void (ahead += milliseconds) };
  const { app, services } = await buildServer({
    publicOrigin: testOrigin, databaseUrl: database.url, matrix, matrixUrl: null, webDist: null,
    secretKey: randomBytes(32), turn: null, signUp: 'open', version: 'test', clock, ...overrides,
  });
  await app.ready();
  const sql = postgres(database.superuserUrl, { max: 2, onnotice: () => {} });
  return {
    app, services, matrix, database, sql, clock,
    client: () => makeTestClient(app, testOrigin),
    close: async () => {
      await app.close();
      await sql.end();
    },
  };
}
