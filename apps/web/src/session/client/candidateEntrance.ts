import { BatonError, newId } from '@baton/base';
import type { AccountCommands, ClaimSummary, LinkView, ViewerSummary } from '../contract.ts';
import type { ClaimingRecord } from './records.ts';

const refusals: Partial<Record<LinkView['state'], string>> = { claimed: 'ALREADY_CLAIMED', expired: 'LINK_EXPIRED', revoked: 'LINK_REVOKED' };

interface EntranceDependencies {
  /** The claim that this device is making, if any. */
  claiming(): ClaimingRecord | null;
  isSignedIn(): boolean;
  inspectLink: AccountCommands['inspectLink'];
  /** Keeps the record and opens what is written under it. */
  enter(claiming: ClaimingRecord): Promise<void>;
  /** Forgets a claim that was refused, with what was written under it. */
  leave(): Promise<void>;
}

/** Makes the command by which a candidate comes in. */
export function makeCandidateEntrance(deps: EntranceDependencies): AccountCommands['claimAsCandidate'] {
  return async ({ link, view = undefined }) => {
    const read = view ?? (await deps.inspectLink(link));
    const { conversationId } = read;
    const before = deps.claiming();
    const again = before?.view.invitationId === read.invitationId && before.refused === null;
    if (again) return { conversationId: before.view.conversationId };
    if (deps.isSignedIn() && !before?.refused) throw new BatonError('ALREADY_SIGNED_IN');
    const refusal = refusals[read.state];
    if (refusal !== undefined) throw new BatonError(refusal);
    if (conversationId === null) throw new BatonError('LINK_BROKEN');
    // A new link to the same conversation: what was written under the refused one goes with it.
    const goesOn = before?.view.conversationId === conversationId;
    if (before && !goesOn) await deps.leave();
    const accountId = goesOn && before ? before.accountId : newId('account');
    await deps.enter({ link, accountId, view: { ...read, conversationId }, refused: null });
    return { conversationId };
  };
}

/** What a page shows of the claim. */
export function summaryOfClaim({ view, refused }: ClaimingRecord): ClaimSummary {
  const { invitationId, conversationId, inviterName, about } = view;
  return { invitationId, conversationId, inviterName, about, refused };
}

/** The viewer before the server has said who that is. Their Matrix id comes with the claim. */
export function claimingViewer({ accountId, view }: ClaimingRecord): ViewerSummary {
  return {
    accountId, kind: 'candidate', name: view.inviteeName ?? '', email: null, mxid: '', role: null, organisationId: '',
    firmName: view.firmName, sessionId: '', hasPassword: false,
  };
}
