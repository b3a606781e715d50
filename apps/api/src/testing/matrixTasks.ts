import { expect, vi } from 'vitest';
import type { TestApi } from './startTestApi.ts';

/** Milliseconds. */
const patience = { timeout: 15_000 };

/** Waits until the homeserver has done all that was ordered, whoever ran it. */
export const homeserverDone = (api: TestApi): Promise<void> =>
  vi.waitFor(async () => expect((await api.sql`select kind from matrix_tasks`).map((row) => row['kind'] as string)).toEqual([]), patience);

/** Waits until each of what was ordered has failed once. */
export const homeserverTried = (api: TestApi): Promise<void> =>
  vi.waitFor(async () => expect((await api.sql`select min(attempts) as attempts from matrix_tasks`)[0]?.['attempts'] as number | null).toBeGreaterThan(0), patience);
