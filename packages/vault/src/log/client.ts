import { isBatonError } from '@baton/base';
import type { DeviceStore } from '../device/deviceStore.ts';
import { jsonRecord } from '../device/records.ts';
import { refusal } from '../errors.ts';
import type { AccountServer } from '../flows/server.ts';
import { parseLogEntry } from '../statements/parse.ts';
import type { OrganisationLogStatement, Signed } from '../statements/statements.ts';
import { hashOfEntry, verifyNextEntry } from './replay.ts';
import type { OrganisationState } from './state.ts';

/** This device's view of the organisation's log: verified, remembered, and never going back. */
export interface OrganisationLog {
  /** What was verified last; null before the first `refresh` of a new device, and while the log is empty. */
  current(): OrganisationState | null;
  /**
   * Fetches and verifies what is new. Throws LOG_ROLLBACK where the server's log is shorter than what this device has seen,
   * LOG_FORK where it is another, and what `verifyNextEntry` throws for a line that doesn't hold.
   */
  refresh(): Promise<OrganisationState | null>;
  /**
   * Appends what `build` makes of the newest state; null: nothing to be said any more. Built again when a colleague was faster.
   * Throws what `refresh` and `verifyNextEntry` throw.
   */
  append(build: (state: OrganisationState | null) => Signed<OrganisationLogStatement> | null): Promise<OrganisationState | null>;
}

/** A firm's log changes a few times a day: more conflicts in a row than this are no coincidence. */
const mostConflicts = 8;

/** Opens the log as this device remembers it. `root` is the pinned fingerprint. */
export async function openOrganisationLog(deps: {
  server: Pick<AccountServer, 'organisationLog' | 'appendOrganisationLog'>;
  device: DeviceStore;
  root: string;
}): Promise<OrganisationLog> {
  const { server, root } = deps;
  const record = jsonRecord<OrganisationState>(deps.device, 'organisation-log-2');
  let state = await record.read();
  if (state !== null && state.root !== root) throw refusal('WRONG_ROOT');
  // One after the other: two replays of the same lines would take the second one's for a break.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  };

  const refresh = async (): Promise<OrganisationState | null> => {
    // The line seen last is asked for again: it says whether this is still the same log.
    const entries = await server.organisationLog(state === null ? -1 : state.length - 2);
    const fresh = state === null ? entries : afterHead(state, entries);
    let next = state;
    for (const entry of fresh) next = verifyNextEntry(next, entry, { root });
    if (next !== null && next !== state) await record.write(next);
    state = next;
    return state;
  };

  const append: OrganisationLog['append'] = (build) =>
    inTurn(async () => {
      for (let conflicts = 0; ; conflicts++) {
        await refresh();
        const entry = build(state);
        if (entry === null) return state;
        // Checked here first: a line that others would refuse is never sent.
        const next = verifyNextEntry(state, entry, { root });
        try {
          await server.appendOrganisationLog(entry);
        } catch (error) {
          if (!isBatonError(error, 'CONFLICT') || conflicts >= mostConflicts) throw error;
          continue;
        }
        await record.write(next);
        state = next;
        return state;
      }
    });

  return { current: () => state, refresh: () => inTurn(refresh), append };
}

function afterHead(state: OrganisationState, entries: readonly unknown[]): readonly unknown[] {
  const [newestSeen, ...fresh] = entries;
  if (newestSeen === undefined) throw refusal('LOG_ROLLBACK', { seen: state.length });
  if (hashOfEntry(parseLogEntry(newestSeen).statement) !== state.head) throw refusal('LOG_FORK', { seen: state.length });
  return fresh;
}
