import { BatonError, type Clock } from '@baton/base';
import type { AccountServer, ClaimInvitationInput, PublicInvitationAnswer, SignedInAnswer, ViewerAnswer } from '../flows/server.ts';
import { makePasswordParameters } from '../account/password.ts';
import { verifyNextEntry } from '../log/replay.ts';
import { chainOf, memberOf, type OrganisationState } from '../log/state.ts';
import type {
  CertificateChain, CertificateStatement, ClaimStatement, InvitationStatement, OrganisationLogStatement, OrganisationStatement, Signed,
} from '../statements/statements.ts';
import { mxidOf, verifyCertificate } from '../verification/certificate.ts';
import { verifyClaim } from '../verification/claim.ts';
import { verifyInvitation } from '../verification/invitation.ts';
import { verifyOrganisation } from '../verification/organisation.ts';

interface StoredAccount {
  viewer: ViewerAnswer;
  keys: { signingKey: string; boxKey: string };
  authKey: string | null;
  parameters: unknown;
  recoveryAuthKey: string | null;
  wraps: Map<string, unknown>;
  certificate: Signed<CertificateStatement> | null;
}

interface StoredInvitation {
  invitation: Signed<InvitationStatement>;
  inviteeName: string;
  sealedSecret: string;
  claim: Signed<ClaimStatement> | null;
}

/** An API in memory that verifies as the real one does. A test that wants a liar replaces single methods. */
export interface MemoryAccountServer extends AccountServer {
  /** What the API does when a conversation is opened or its link renewed. */
  storeInvitation(made: { invitation: Signed<InvitationStatement>; sealedSecret: string }, inviteeName: string): void;
  /** The same server, asked by this account. */
  as(accountId: string): AccountServer;
  /** Everything that it holds, for canaries. */
  everything(): string;
}

export const memoryServerName = 'baton.test';

/** Makes an API in memory, before its firm is set up. */
export function makeMemoryAccountServer(clock: Clock): MemoryAccountServer {
  const accounts = new Map<string, StoredAccount>();
  const invitations = new Map<string, StoredInvitation>();
  const log: Signed<OrganisationLogStatement>[] = [];
  const deposits: { conversationId: string; sessionId: string; sealed: string }[] = [];
  let state: OrganisationState | null = null;
  let firm: { name: string; organisation: Signed<OrganisationStatement> } | null = null;
  let sessions = 0;
  const madeUpParameters = makePasswordParameters();

  const need = <T>(value: T | null | undefined, code: string): T => {
    if (value === null || value === undefined) throw new BatonError(code);
    return value;
  };
  const byEmail = (email: string): StoredAccount | undefined => [...accounts.values()].find(({ viewer }) => viewer.email === email);
  const answer = (account: StoredAccount): SignedInAnswer => ({
    viewer: { ...account.viewer, sessionId: `ses_${++sessions}` },
    organisation: structuredClone(need(firm, 'NOT_SET_UP').organisation),
    wraps: [...account.wraps.values()].map((wrap) => structuredClone(wrap)),
    matrix: { token: `jwt-${sessions}`, userId: account.viewer.mxid, deviceId: `DEVICE${sessions}` },
  });
  const chainFor = (account: StoredAccount): CertificateChain | null => {
    if (account.certificate === null || state === null) return null;
    const { invitation } = account.certificate.statement;
    const signed = invitation === null ? null : need(invitations.get(invitation), 'LINK_UNKNOWN').invitation;
    return {
      certificate: account.certificate, invitation: signed, inviter: signed === null ? null : chainOf(state, signed.statement.inviter),
    };
  };
  const add = (viewer: Omit<ViewerAnswer, 'sessionId' | 'hasPassword' | 'organisationId' | 'firmName' | 'mxid'>, keys: StoredAccount['keys']): StoredAccount => {
    const { name, organisation } = need(firm, 'NOT_SET_UP');
    const account: StoredAccount = {
      viewer: {
        ...viewer, mxid: mxidOf(viewer.kind, viewer.accountId, memoryServerName), organisationId: organisation.statement.organisation,
        firmName: name, sessionId: '', hasPassword: false,
      },
      keys, authKey: null, parameters: null, recoveryAuthKey: null, wraps: new Map(), certificate: null,
    };
    accounts.set(viewer.accountId, account);
    return account;
  };
  const arm = (account: StoredAccount, given: Pick<ClaimInvitationInput, 'password' | 'recovery'>): void => {
    if (given.password !== undefined) {
      account.authKey = given.password.authKey;
      account.parameters = given.password.parameters;
      account.wraps.set('password', given.password.wrap);
      account.viewer.hasPassword = true;
    }
    if (given.recovery !== undefined) {
      account.recoveryAuthKey = given.recovery.authKey;
      account.wraps.set('recovery', given.recovery.wrap);
    }
  };
  const invitationState = ({ claim, invitation }: StoredInvitation): PublicInvitationAnswer['state'] =>
    claim !== null ? 'claimed' : clock.now() >= Date.parse(invitation.statement.expiresAt) ? 'expired' : 'open';

  const as = (viewerId: string | null): AccountServer => ({
    setUpFirm: async (input) => {
      if (firm !== null) throw new BatonError('ALREADY_SET_UP');
      firm = { name: input.firmName, organisation: verifyOrganisation(input.organisation) };
      const account = add({ accountId: input.accountId, kind: 'member', name: input.name, email: input.email, role: 'partner' }, input.keys);
      arm(account, input);
      return answer(account);
    },
    passwordParameters: async (email) => structuredClone(byEmail(email)?.parameters ?? madeUpParameters),
    signIn: async ({ email, authKey }) => {
      const account = byEmail(email);
      if (account?.authKey !== authKey) throw new BatonError('WRONG_CREDENTIALS');
      return answer(account);
    },
    signInWithRecovery: async ({ email, authKey }) => {
      const account = byEmail(email);
      if (account?.recoveryAuthKey !== authKey) throw new BatonError('WRONG_CREDENTIALS');
      return answer(account);
    },
    setPassword: async (input) => {
      const account = need(accounts.get(viewerId ?? ''), 'NOT_SIGNED_IN');
      if (input.currentAuthKey !== undefined && input.currentAuthKey !== account.authKey) throw new BatonError('WRONG_PASSWORD');
      if (input.email !== undefined) account.viewer.email = input.email;
      arm(account, input);
    },
    publicInvitation: async (id) => {
      const stored = invitations.get(id);
      if (stored === undefined || firm === null || state === null) return null;
      const { statement } = stored.invitation;
      return structuredClone({
        id, kind: statement.for.kind, state: invitationState(stored), firmName: firm.name,
        inviterName: need(accounts.get(statement.inviter), 'UNKNOWN_MEMBER').viewer.name, about: null, inviteeName: stored.inviteeName,
        role: statement.for.kind === 'colleague' ? statement.for.role : null, expiresAt: statement.expiresAt,
        claimedAt: stored.claim?.statement.claimedAt ?? null, claimedOn: null, statement: stored.invitation,
        organisation: firm.organisation, inviterCertificate: chainOf(state, statement.inviter),
      });
    },
    claimInvitation: async (input) => {
      const stored = need(invitations.get(input.claim.statement.invitation), 'LINK_UNKNOWN');
      const again = stored.claim !== null && JSON.stringify(stored.claim) === JSON.stringify(input.claim);
      if (stored.claim !== null && !again) throw new BatonError('ALREADY_CLAIMED');
      if (again) return answer(need(accounts.get(input.claim.statement.account), 'UNKNOWN_MEMBER'));
      const { statement } = verifyClaim(input.claim, { invitation: stored.invitation, at: clock.now() });
      stored.claim = structuredClone(input.claim);
      const purpose = stored.invitation.statement.for;
      const { account: accountId, signingKey, boxKey } = statement;
      const [kind, role] = purpose.kind === 'colleague' ? (['member', purpose.role] as const) : (['candidate', null] as const);
      const account = add({ accountId, kind, name: input.name ?? stored.inviteeName, email: input.email ?? null, role }, { signingKey, boxKey });
      arm(account, input);
      return answer(account);
    },
    inviteColleague: async ({ invitation, sealedSecret, inviteeName }) => server.storeInvitation({ invitation, sealedSecret }, inviteeName),
    publishCertificate: async (certificate) => {
      const account = need(accounts.get(certificate.statement.account), 'NOT_SIGNED_IN');
      const named = certificate.statement.invitation;
      const { organisation } = need(firm, 'NOT_SET_UP');
      const sequence = account.certificate?.statement.sequence ?? 0;
      verifyCertificate(certificate, {
        root: state?.root ?? certificate.statement.root,
        invitation: named === null ? null : need(invitations.get(named), 'LINK_UNKNOWN').invitation,
        known: { account: account.viewer.accountId, ...account.keys, sequence },
      });
      if (certificate.statement.organisation !== organisation.statement.organisation) throw new BatonError('WRONG_ORGANISATION');
      account.certificate = structuredClone(certificate);
    },
    certificates: async (mxids) => {
      const asked = [...accounts.values()].filter(({ viewer }) => mxids.includes(viewer.mxid));
      return structuredClone(asked.map(chainFor).filter((chain) => chain !== null));
    },
    organisationLog: async (after) => structuredClone(log.slice(after + 1)),
    appendOrganisationLog: async (entry) => {
      if (entry.statement.prev !== (state?.head ?? null)) throw new BatonError('CONFLICT');
      state = verifyNextEntry(state, entry);
      log.push(structuredClone(entry));
    },
    depositWelcome: async ({ conversationId, invitationId, deposits: made }) => {
      if (need(invitations.get(invitationId), 'LINK_UNKNOWN').claim !== null) throw new BatonError('CLAIMED');
      deposits.push(...made.map((deposit) => ({ conversationId, ...deposit })));
    },
    welcomeBundle: async (conversationId) => deposits.filter((deposit) => deposit.conversationId === conversationId),
  });

  const server: MemoryAccountServer = {
    ...as(null),
    as,
    storeInvitation: ({ invitation, sealedSecret }, inviteeName) => {
      const inviter = memberOf(need(state, 'NOT_SET_UP'), invitation.statement.inviter);
      verifyInvitation(invitation, { inviter, at: clock.now() });
      invitations.set(invitation.statement.invitation, { invitation, inviteeName, sealedSecret, claim: null });
    },
    everything: () => JSON.stringify([[...accounts].map(([, { wraps, ...rest }]) => [rest, [...wraps]]), [...invitations], log, deposits, firm]),
  };
  return server;
}
