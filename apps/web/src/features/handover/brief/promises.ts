import type { OpenPromiseFragment } from '../../../generated/graphql.ts';
import { daysUntil } from '../../../ui/due-date/plainDate.ts';

/** Something that a candidate was promised and waits for. */
export interface OpenPromise {
  candidate: string;
  conversationId: string | null;
  text: string;
  /** A plain date, `2026-11-30`; null: none was named. */
  dueOn: string | null;
}

/** Open promises as the API lists them, the earliest due first, over one project or several. */
export function openPromisesOf(projects: readonly { openPromises: readonly OpenPromiseFragment[] }[]): OpenPromise[] {
  return projects
    .flatMap(({ openPromises }) => openPromises)
    .map(({ body, dueOn, candidacy }) => ({ candidate: candidacy.person.name, conversationId: candidacy.conversation?.id ?? null, text: body, dueOn: dueOn ?? null }))
    .toSorted((a, b) => (a.dueOn ?? '9999-99').localeCompare(b.dueOn ?? '9999-99'));
}

/** How many of them should have been kept by now. `now` in milliseconds since the epoch. */
export const overdueIn = (promises: readonly Pick<OpenPromise, 'dueOn'>[], now: number): number => promises.filter(({ dueOn }) => dueOn !== null && daysUntil(dueOn, now) < 0).length;
