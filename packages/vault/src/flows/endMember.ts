import { memberOf } from '../log/state.ts';
import { makeLogEntry } from '../log/entry.ts';
import type { OrganisationLog } from '../log/client.ts';
import type { OpenedAccount } from '../account/openedAccount.ts';
import type { FlowDependencies } from './dependencies.ts';

/**
 * Lets a colleague go, for good: from this line of the organisation's log on nothing they sign counts. Partners. Does nothing where it
 * was done already. No reason is written down: whoever the firm talks with can read the log.
 * Throws UNKNOWN_MEMBER, NOT_ADMIN, LAST_PARTNER, and what `OrganisationLog.append` throws.
 */
export async function endMember(deps: Pick<FlowDependencies, 'clock'> & { log: Pick<OrganisationLog, 'append'> }, account: OpenedAccount, colleague: string): Promise<void> {
  const { secrets, keys } = account;
  const actor = { account: secrets.account, organisation: secrets.organisation, keys };
  await deps.log.append((state) => {
    if (state?.members[colleague]?.revokedAt != null) return null;
    if (state !== null) memberOf(state, colleague);
    return makeLogEntry(state, actor, { type: 'revoke', account: colleague, reason: '' }, deps.clock.now());
  });
}
