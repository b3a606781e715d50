import { openSealed } from '../crypto/box.ts';
import { fromBase64url, fromUtf8 } from '../crypto/bytes.ts';
import { refusal } from '../errors.ts';
import type { LinkKeys } from '../invitations/link.ts';
import { firstIndexOf } from '../sessions/exportedSession.ts';
import { parseWelcome } from '../statements/parse.ts';
import { domains, type InvitationStatement, type Signed, type WelcomeStatement } from '../statements/statements.ts';
import type { VerifiedIdentity } from '../verification/identity.ts';
import { requireSignature } from '../verification/signatures.ts';

/** A deposit whose seal is open and whose sender is not proven yet. Only `verifyWelcome` gives its session out. */
export interface OpenedWelcome {
  /** The account that claims to have sent it. */
  readonly sender: string;
  readonly signed: Signed<WelcomeStatement>;
}

/** Opens the seal with the link's keys. Throws WELCOME_UNREADABLE for garbage and for what was sealed to another key. */
export function openWelcome(sealed: string, link: LinkKeys): OpenedWelcome {
  try {
    const plain = openSealed(fromBase64url(sealed), link.box);
    if (plain === null) throw refusal('WELCOME_UNREADABLE');
    const signed = parseWelcome(JSON.parse(fromUtf8(plain)));
    return { sender: signed.statement.sender, signed };
  } catch (error) {
    throw refusal('WELCOME_UNREADABLE', {}, { cause: error });
  }
}

/**
 * The session's export, once everything that says what it is for was checked. `sender` is the certified member whom the
 * deposit names, `session` and `room` what the server filed it under.
 * Throws WELCOME_TRANSPLANTED for a deposit made for another link, conversation, room or session, WELCOME_FORGED where the
 * named member did not sign it or the export holds another session than it says.
 */
export function verifyWelcome(
  opened: OpenedWelcome,
  expected: { sender: VerifiedIdentity; invitation: InvitationStatement; conversation: string; room: string; session: string },
): string {
  const { statement } = opened.signed;
  const { sender, invitation, conversation, room, session } = expected;
  if (sender.kind !== 'member' || statement.sender !== sender.account || sender.organisation !== invitation.organisation) {
    throw refusal('WELCOME_FORGED');
  }
  try {
    requireSignature(opened.signed, { by: 'account', key: sender.signingKey, domain: domains.welcome, content: statement });
  } catch (error) {
    throw refusal('WELCOME_FORGED', {}, { cause: error });
  }
  const madeForThis =
    statement.organisation === invitation.organisation && statement.invitation === invitation.invitation &&
    statement.linkBoxKey === invitation.linkBoxKey && statement.conversation === conversation &&
    statement.room === room && statement.session === session;
  if (!madeForThis) throw refusal('WELCOME_TRANSPLANTED');
  if (firstIndexOf(statement) === null) throw refusal('WELCOME_FORGED');
  return statement.exported;
}
