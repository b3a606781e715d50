import { isBatonError, newId } from '@baton/base';
import { makeAccount, type AccountSecrets } from '../account/account.ts';
import { requireStrongPassword } from '../account/passwordStrength.ts';
import { fromBase64url, toBase64url } from '../crypto/bytes.ts';
import { jsonRecord, type JsonRecord } from '../device/records.ts';
import { refusal } from '../errors.ts';
import { makeClaim } from '../invitations/claim.ts';
import { shortFingerprint } from '../organisation/fingerprint.ts';
import type { ClaimStatement, Signed } from '../statements/statements.ts';
import type { FlowDependencies } from './dependencies.ts';
import { inspectLink, type InspectedLink } from './inspectLink.ts';
import { renewRecoveryCode } from './password.ts';
import type { ClaimInvitationInput } from './server.ts';
import type { RecoveryKit } from './setUpFirm.ts';
import { signIn } from './signIn.ts';
import { keepSignedIn, type SignedIn } from './signedIn.ts';
import { wrapUnderPassword, wrapUnderRecoveryCode } from './wrapping.ts';

/**
 * A claim is kept on the device before it is sent. Where the answer is lost, or the page closed, the same claim goes out again
 * and brings the same account, instead of locking out the very person it was for.
 */
interface PendingClaim {
  claim: Signed<ClaimStatement>;
  secrets: Omit<AccountSecrets, 'seed'> & { seed: string };
}

interface ResumableClaim {
  claim: Signed<ClaimStatement>;
  secrets: AccountSecrets;
  /** An earlier attempt may have arrived. */
  resumed: boolean;
}

/**
 * A candidate comes in. `wanted` is what this device went by before it could check the link: the id that the account takes,
 * and the conversation, which must be the one that the signed invitation names. Throws what `inspectLink` throws (LINK_FORGED
 * for another conversation too), EXPIRED_INVITATION, LINK_REVOKED, ALREADY_CLAIMED.
 */
export async function claimAsCandidate(
  deps: FlowDependencies,
  typed: string,
  wanted?: { account: string; conversation: string },
): Promise<SignedIn & { conversation: string }> {
  const link = await inspectLink(deps, typed);
  const purpose = link.invitation.statement.for;
  if (purpose.kind !== 'candidate') throw refusal('ROLE_MISMATCH');
  if (wanted && wanted.conversation !== purpose.conversation) throw refusal('LINK_FORGED', { because: 'WRONG_INVITATION' });
  const { claim, secrets } = await makeOrResume(deps, link, wanted?.account);
  const answer = await deps.server.claimInvitation({ claim, deviceName: deps.deviceName });
  const welcome = { invitation: link.invitation, linkSecret: link.keys.secret };
  const signedIn = await keepSignedIn(deps, answer, secrets, welcome);
  await pendingClaim(deps, link.invitation.statement.invitation).remove();
  return { ...signedIn, conversation: purpose.conversation };
}

/** A colleague joins. Throws what `claimAsCandidate` throws, WEAK_PASSWORD, and what the server throws (EMAIL_TAKEN, INVALID_EMAIL). */
export async function claimAsColleague(
  deps: FlowDependencies,
  given: { link: string; name: string; email: string; password: string },
): Promise<SignedIn & { kit: RecoveryKit }> {
  const { name, email, password } = given;
  const link = await inspectLink(deps, given.link);
  if (link.invitation.statement.for.kind !== 'colleague') throw refusal('ROLE_MISMATCH');
  requireStrongPassword(password, [name, email, link.answer.firmName]);
  const { claim, secrets, resumed } = await makeOrResume(deps, link);
  const { words, recovery } = wrapUnderRecoveryCode(secrets);
  const input = { claim, name, email, password: await wrapUnderPassword(secrets, password), recovery, deviceName: deps.deviceName };
  const signedIn = await claimOrSignIn(deps, input, { secrets, resumed, credentials: { email, password } });
  // The server may have kept the words of the first attempt, which nobody saw.
  const kit = resumed ? await renewRecoveryCode(deps, signedIn.account, { currentPassword: password }) : kitOf(signedIn, words);
  await pendingClaim(deps, link.invitation.statement.invitation).remove();
  return { ...signedIn, kit };
}

async function claimOrSignIn(
  deps: FlowDependencies,
  input: ClaimInvitationInput,
  own: { secrets: AccountSecrets; resumed: boolean; credentials: { email: string; password: string } },
): Promise<SignedIn> {
  try {
    return await keepSignedIn(deps, await deps.server.claimInvitation(input), own.secrets, null);
  } catch (error) {
    if (!own.resumed || !isBatonError(error, 'ALREADY_CLAIMED')) throw error;
    const signedIn = await signIn(deps, own.credentials);
    if (signedIn.account.secrets.account !== own.secrets.account) throw error;
    return signedIn;
  }
}

function kitOf({ account }: SignedIn, words: string[]): RecoveryKit {
  const { viewer, secrets } = account;
  return { firmName: viewer.firmName, fingerprint: shortFingerprint(secrets.root), firmWords: null, accountWords: words };
}

const pendingClaim = ({ device }: FlowDependencies, invitation: string): JsonRecord<PendingClaim> =>
  jsonRecord(device, `pending-claim/${invitation}`);

async function makeOrResume(deps: FlowDependencies, link: InspectedLink, account: string = newId('account')): Promise<ResumableClaim> {
  const { statement } = link.invitation;
  const record = pendingClaim(deps, statement.invitation);
  const pending = await record.read();
  if (pending !== null) {
    return { claim: pending.claim, secrets: { ...pending.secrets, seed: fromBase64url(pending.secrets.seed) }, resumed: true };
  }
  if (link.answer.state === 'expired') throw refusal('EXPIRED_INVITATION');
  const keys = makeAccount();
  const { claim, vouch } = makeClaim(link.keys, statement, { account, keys, now: deps.clock.now() });
  const { organisation, root, invitation } = statement;
  const kind = statement.for.kind === 'colleague' ? 'member' : 'candidate';
  const secrets: AccountSecrets = { account, kind, organisation, root, invitation, vouch, seed: keys.seed };
  await record.write({ claim, secrets: { ...secrets, seed: toBase64url(keys.seed) } });
  return { claim, secrets, resumed: false };
}
