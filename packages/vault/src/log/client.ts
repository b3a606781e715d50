import type { DeviceStore } from '../device/deviceStore.ts';
import { jsonRecord } from '../device/records.ts';
import { refusal } from '../errors.ts';
import type { AccountServer } from '../flows/server.ts';
import { parseLogEntry } from '../statements/parse.ts';
import type { OrganisationLogStatement, Signed } from '../statements/statements.ts';
import { makeRememberedLog, takeOn, type LogView, type RememberedLog } from './rememberedLog.ts';
import { hashOfEntry, verifyNextEntry } from './replay.ts';
import type { OrganisationState } from './state.ts';

/** This device's view of the organisation's log. */
export type OrganisationLogView = LogView<OrganisationState>;

/** The same, for those who may write in it. */
export interface OrganisationLog extends OrganisationLogView {
  /**
   * Appends what `build` makes of the newest state; null: nothing to be said any more. Built again when a colleague was faster.
   * Throws what `refresh` and `verifyNextEntry` throw.
   */
  append(build: (state: OrganisationState | null) => Signed<OrganisationLogStatement> | null): Promise<OrganisationState | null>;
}

interface ReadingDependencies {
  server: Pick<AccountServer, 'organisationLog'>;
  device: DeviceStore;
  /** The pinned fingerprint. */
  root: string;
}

/** Opens the log as this device remembers it, to read it: what a candidate is shown of it with their conversation's vault. */
export async function openOrganisationLogView(deps: ReadingDependencies): Promise<OrganisationLogView> {
  return await openRemembered(deps);
}

/** Opens the log as this device remembers it. */
export async function openOrganisationLog(
  deps: ReadingDependencies & { server: Pick<AccountServer, 'appendOrganisationLog'> },
): Promise<OrganisationLog> {
  const log = await openRemembered(deps);
  return { ...log, append: (build) => log.append(build, (entry) => deps.server.appendOrganisationLog(entry)) };
}

async function openRemembered({ server, device, root }: ReadingDependencies): Promise<RememberedLog<OrganisationState, Signed<OrganisationLogStatement>>> {
  const record = jsonRecord<OrganisationState>(device, 'organisation-log-2');
  const remembered = await record.read();
  if (remembered !== null && remembered.root !== root) throw refusal('WRONG_ROOT');
  const verifyNext = (state: OrganisationState | null, line: unknown): OrganisationState => verifyNextEntry(state, line, { root });
  const hashOf = (line: unknown): string => hashOfEntry(parseLogEntry(line).statement);
  return makeRememberedLog<OrganisationState, Signed<OrganisationLogStatement>>({
    remembered,
    remember: (state) => record.write(state),
    advance: (state) => takeOn(state, { fetch: (after) => server.organisationLog(after), hashOf, verifyNext }),
    verifyNext,
  });
}
