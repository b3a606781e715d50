import { BatonError } from '@baton/base';
import type { AccountServer, MatrixLogin, PublicInvitationAnswer, SignedInAnswer, ViewerAnswer } from '@baton/vault';
import {
  SessionAppendOrganisationLogDocument, SessionCertificatesDocument, SessionClaimInvitationDocument, SessionDepositWelcomeDocument,
  SessionInviteColleagueDocument, SessionMatrixLoginDocument, SessionOrganisationLogDocument, SessionPasswordParametersDocument,
  SessionPublicInvitationDocument, SessionPublishCertificateDocument, SessionSetPasswordDocument, SessionSetUpFirmDocument,
  SessionSignInDocument, SessionSignInWithRecoveryDocument, SessionWelcomeBundleDocument,
  type SessionPublicInvitationQuery, type SignedInFieldsFragment, type ViewerFieldsFragment,
} from '../../generated/graphql.ts';
import { throwUserErrors, type Requester, type UserErrorLike } from '../../platform/graphql/request.ts';
import { vaultRoleOf } from './roles.ts';

/** The vault's port to the API, over GraphQL: refusals become BatonErrors, enumerations take the vault's spelling. */
export function makeAccountServer(request: Requester): AccountServer {
  return {
    setUpFirm: async (input) => signedIn((await request(SessionSetUpFirmDocument, { input })).setUpFirm),
    passwordParameters: async (email) => (await request(SessionPasswordParametersDocument, { email })).passwordParameters,
    signIn: async (input) => signedIn((await request(SessionSignInDocument, { input })).signIn),
    signInWithRecovery: async (input) => signedIn((await request(SessionSignInWithRecoveryDocument, { input })).signInWithRecovery),
    setPassword: async (input) => accept((await request(SessionSetPasswordDocument, { input })).setPassword),
    publicInvitation: async (id) => publicInvitation((await request(SessionPublicInvitationDocument, { id })).publicInvitation),
    claimInvitation: async (input) => signedIn((await request(SessionClaimInvitationDocument, { input })).claimInvitation),
    inviteColleague: async (input) => accept((await request(SessionInviteColleagueDocument, { input })).inviteColleague),
    publishCertificate: async (certificate) => accept((await request(SessionPublishCertificateDocument, { input: { certificate } })).publishCertificate),
    certificates: async (mxids) => (await request(SessionCertificatesDocument, { mxids })).certificates,
    organisationLog: async (after) => {
      const { viewer } = await request(SessionOrganisationLogDocument, { after });
      // No log is not an empty log: the vault would take it for a rollback.
      if (viewer === null) throw new BatonError('UNAUTHENTICATED');
      return viewer.organisation.log;
    },
    appendOrganisationLog: async (entry) => accept((await request(SessionAppendOrganisationLogDocument, { input: { entry } })).appendOrganisationLog),
    depositWelcome: async (input) => accept((await request(SessionDepositWelcomeDocument, { input })).depositWelcome),
    welcomeBundle: async (conversationId) => (await request(SessionWelcomeBundleDocument, { conversationId })).welcomeBundle,
  };
}

/** A fresh Matrix token for this browser. Errors: UNAUTHENTICATED when the session is over. */
export async function matrixLogin(request: Requester): Promise<MatrixLogin> {
  const payload = (await request(SessionMatrixLoginDocument)).matrixLogin;
  accept(payload);
  if (!payload.matrix) throw new BatonError('UNEXPECTED');
  return payload.matrix;
}

/** Throws the first refusal of a payload. */
export function accept(payload: { userErrors: readonly UserErrorLike[] }): void {
  throwUserErrors(payload.userErrors);
}

/** The viewer in the vault's words. */
export function viewerOf(viewer: ViewerFieldsFragment): ViewerAnswer {
  return {
    accountId: viewer.account.id,
    kind: viewer.account.kind === 'MEMBER' ? 'member' : 'candidate',
    name: viewer.account.name,
    email: viewer.account.email,
    mxid: viewer.account.mxid,
    role: viewer.role && vaultRoleOf(viewer.role),
    organisationId: viewer.organisation.id,
    firmName: viewer.organisation.name,
    sessionId: viewer.session.id,
    hasPassword: viewer.account.hasPassword,
  };
}

function signedIn(payload: { signedIn: SignedInFieldsFragment | null; userErrors: readonly UserErrorLike[] }): SignedInAnswer {
  accept(payload);
  if (!payload.signedIn) throw new BatonError('UNEXPECTED');
  const { viewer, wraps, matrix } = payload.signedIn;
  return { viewer: viewerOf(viewer), organisation: viewer.organisation.statement, wraps: wraps.map(({ wrap }) => wrap), matrix };
}

function publicInvitation(answer: SessionPublicInvitationQuery['publicInvitation']): PublicInvitationAnswer | null {
  return answer && {
    ...answer,
    kind: answer.kind === 'COLLEAGUE' ? 'colleague' : 'candidate',
    state: answer.state.toLowerCase() as PublicInvitationAnswer['state'],
    role: answer.role && vaultRoleOf(answer.role),
  };
}
