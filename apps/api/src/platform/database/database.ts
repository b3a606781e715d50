import { sql } from 'drizzle-orm';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { refuse } from '../errors/refusal.ts';
import type { Viewer } from '../session/viewer.ts';
import { isTextUnstorable } from './sqlState.ts';

/** A transaction in which row-level security knows who asks. The only way to a table. */
export type Tx = Parameters<Parameters<PostgresJsDatabase['transaction']>[0]>[0];

/** A write's companion: what belongs to its end. */
export interface Unit {
  /** Runs as the last of the transaction, in the order given: for what keeps others waiting. What it throws undoes it all. */
  beforeCommit(step: (tx: Tx) => PromiseLike<unknown>): void;
  /** Runs after the commit, in the order given. What it throws is logged, not told: the write has happened. */
  afterCommit(effect: () => void | Promise<void>): void;
}

/** Transactions in the name of one viewer. Anonymous viewers see no row. */
export interface Transactions {
  /** A read-only transaction. */
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** A transaction that commits when `work` resolves, and leaves no trace when it rejects. */
  write<T>(work: (tx: Tx, unit: Unit) => Promise<T>): Promise<T>;
}

export interface Database {
  /** Transactions of this viewer. */
  as(viewer: Viewer): Transactions;
  /**
   * Transactions of nobody, for the few steps that come before there is a viewer: finding a session, signing in, claiming
   * a link, and for jobs. Each use says why.
   */
  readonly system: Transactions;
  /** Whether PostgreSQL answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

interface Settings {
  account: string;
  organisation: string;
  role: string;
}

/**
 * Runs `work` within the viewer's own transaction, past the viewer's policies, and goes back to them: for what has to be
 * decided together with the viewer's change, and reaches further than they see. Each use says why.
 */
export async function asNobody<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  const [row] = await tx.execute<{ role: string }>(sql`select coalesce(current_setting('app.role', true), '') as role`);
  await tx.execute(sql`select set_config('app.role', 'SYSTEM', true)`);
  const result = await work();
  // Not in a `finally`: after a failure the transaction takes no further statement, and the setting ends with it.
  await tx.execute(sql`select set_config('app.role', ${row?.role ?? ''}, true)`);
  return result;
}

function settingsOf(viewer: Viewer): Settings {
  switch (viewer.kind) {
    case 'anonymous':
      return { account: '', organisation: '', role: '' };
    case 'member':
      return { account: viewer.accountId, organisation: viewer.organisationId, role: viewer.role };
    case 'candidate':
      return { account: viewer.accountId, organisation: viewer.organisationId, role: 'CANDIDATE' };
  }
}

/** Longest wait before the next attempt to connect, in seconds: a database that is back is found at once, not after a while. */
const longestBackoff = 1;

/**
 * Opens a pool.
 * @param url connection of the login role that owns nothing
 * @param onEffectError hears of what failed after a commit
 */
export function openDatabase(url: string, onEffectError: (error: unknown) => void): Database {
  const client = postgres(url, {
    max: 12, onnotice: () => {}, connection: { statement_timeout: 15_000 }, transform: { undefined: null },
    backoff: (attempts) => (0.5 + Math.random() / 2) * Math.min(3 ** attempts / 100, longestBackoff),
  });
  const db = drizzle(client);

  const transactions = (settings: Settings): Transactions => {
    const run = <T>(work: (tx: Tx) => Promise<T>, accessMode: 'read only' | 'read write'): Promise<T> =>
      db.transaction(
        async (tx) => {
          await tx.execute(sql`select set_config('app.account_id', ${settings.account}, true),
            set_config('app.organisation_id', ${settings.organisation}, true), set_config('app.role', ${settings.role}, true)`);
          return work(tx);
        },
        { accessMode },
      ).catch((error: unknown) => {
        // Texts are cleaned where a person writes them. What comes here all the same, nobody typed.
        if (isTextUnstorable(error)) refuse('INVALID_TEXT');
        throw error;
      });
    return {
      read: (work) => run(work, 'read only'),
      write: async (work) => {
        const steps: ((tx: Tx) => PromiseLike<unknown>)[] = [];
        const effects: (() => void | Promise<void>)[] = [];
        const unit: Unit = { beforeCommit: (step) => void steps.push(step), afterCommit: (effect) => void effects.push(effect) };
        const result = await run(async (tx) => {
          const done = await work(tx, unit);
          for (const step of steps) await step(tx);
          return done;
        }, 'read write');
        for (const effect of effects) {
          try {
            await effect();
          } catch (error) {
            onEffectError(error);
          }
        }
        return result;
      },
    };
  };

  return {
    as: (viewer) => transactions(settingsOf(viewer)),
    system: transactions({ account: '', organisation: '', role: 'SYSTEM' }),
    ping: async () => {
      await client`select 1`;
    },
    close: () => client.end({ timeout: 5 }),
  };
}
