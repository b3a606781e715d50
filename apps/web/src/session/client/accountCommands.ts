import { BatonError, isBatonError } from '@baton/base';
import type { FlowDependencies, PreparedFirm } from '@baton/vault';
import { SessionReportInvitationDocument, SessionSignOutDocument } from '../../generated/graphql.ts';
import type { AccountCommands, LinkView } from '../contract.ts';
import { accept, makeAccountServer } from '../server/accountServer.ts';
import { roleOf, vaultRoleOf } from '../server/roles.ts';
import { keepingInvitations } from './askedInvitations.ts';
import type { Vault } from './dependencies.ts';
import type { ClientState } from './clientState.ts';
import { colleagueLink } from './links.ts';
import { summaryOfViewer } from './viewer.ts';

/** The account's commands: the vault's flows, joined with this device's session. */
export function makeAccountCommands(state: ClientState): Omit<AccountCommands, 'claimAsCandidate' | 'confirmSession'> {
  const { deps } = state;
  const server = makeAccountServer(deps.request);
  const opened = async (): Promise<{ vault: Vault; flow: FlowDependencies }> => {
    const vault = await deps.loadVault();
    // A password manager is faster than a device that is being wiped.
    await Promise.all([vault.ready(), state.cleared()]);
    return { vault, flow: { server, device: state.device(), clock: deps.clock, deviceName: await deps.deviceName() } };
  };
  const requireNobody = (): void => {
    if (state.status.current().phase === 'signed-in') throw new BatonError('ALREADY_SIGNED_IN');
  };
  /** Kept while its answer may have been lost: sent again it is the same firm. */
  let prepared: { of: string; firm: PreparedFirm } | null = null;

  return {
    setUpFirm: async (input) => {
      requireNobody();
      const { vault, flow } = await opened();
      const of = JSON.stringify(input);
      if (prepared?.of !== of) prepared = { of, firm: await vault.prepareFirm(flow, input) };
      const { firm } = prepared;
      await state.begin(await vault.setUpFirm(flow, firm));
      prepared = null;
      return firm.kit;
    },
    signIn: async (input) => {
      requireNobody();
      const { vault, flow } = await opened();
      // The cryptography is on its way while the password is being stretched.
      void deps.loadMatrix().then((matrix) => matrix.preload()).catch(deps.report);
      await state.begin(await vault.signIn(flow, input));
    },
    signInWithRecovery: async (input) => {
      requireNobody();
      const { vault, flow } = await opened();
      await state.begin(await vault.signInWithRecovery(flow, input));
    },
    signOut: async () => {
      const now = state.status.current();
      // Before the claim is through there is nobody to sign out but here.
      if (now.phase !== 'signed-in' || !now.claim) await deps.request(SessionSignOutDocument).catch(unlessOver);
      await state.end('SIGNED_OUT');
    },
    inspectLink: async (link) => {
      const { vault, flow } = await opened();
      const { answer, invitation } = await vault.inspectLink({ ...flow, server: keepingInvitations(server, state.askedInvitations) }, link);
      const account = await vault.restoreAccount(state.device());
      const purpose = invitation.statement.for;
      const view: LinkView = {
        invitationId: answer.id,
        kind: answer.kind,
        state: answer.state,
        mine: account?.secrets.invitation === answer.id,
        firmName: answer.firmName,
        inviterName: answer.inviterName,
        inviteeName: answer.inviteeName,
        about: answer.about,
        role: answer.role && roleOf(answer.role),
        expiresAt: answer.expiresAt,
        claimedAt: answer.claimedAt,
        claimedOn: answer.claimedOn,
        conversationId: purpose.kind === 'candidate' ? purpose.conversation : null,
      };
      return view;
    },
    joinAsColleague: async (input) => {
      requireNobody();
      const { vault, flow } = await opened();
      const { kit, ...signedIn } = await vault.claimAsColleague(flow, input);
      await state.begin(signedIn);
      return kit;
    },
    reportLink: async ({ link, reason }) => {
      const { vault } = await opened();
      const { invitation } = vault.parseLink(link);
      accept((await deps.request(SessionReportInvitationDocument, { input: { invitationId: invitation, reason: reason ?? null } })).reportInvitation);
    },
    setPassword: async (input) => {
      const { vault, flow } = await opened();
      const session = state.session();
      const account = await vault.setPassword(flow, await session.account(), input);
      session.accountChanged(account);
      await state.updateViewer(summaryOfViewer(account.viewer));
    },
    renewRecoveryCode: async (input) => {
      const { vault, flow } = await opened();
      return await vault.renewRecoveryCode(flow, await state.session().account(), input);
    },
    inviteColleague: async ({ name, role }) => {
      const { vault, flow } = await opened();
      const made = await vault.inviteColleague(flow, await state.session().certified(), { name, role: vaultRoleOf(role) });
      return { invitationId: made.invitationId, link: colleagueLink(deps.origin, made.link) };
    },
    endColleague: async (accountId) => {
      const { vault } = await opened();
      const { vaults } = await state.session().online();
      if (vaults === null) throw new BatonError('FORBIDDEN');
      // While their word still counts.
      await vaults.renewPlansOf(accountId).catch(deps.report);
      await vault.endMember({ log: vaults.organisationLog, clock: deps.clock }, await state.session().certified(), accountId);
      // Their projects change their keys, as far as this person leads them; other leads' clients do theirs.
      void vaults.changed(null).catch(deps.report);
    },
  };
}

/** A session that is over need not be ended on the server. */
function unlessOver(error: unknown): void {
  if (!isBatonError(error, 'UNAUTHENTICATED')) throw error;
}
