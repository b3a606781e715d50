import type { Subscribable } from '@baton/base';
import type { MessagingSession } from '@baton/messaging';
import type { Role } from '../generated/graphql.ts';
import type { ExportCommands } from './exportContract.ts';

/**
 * What a page may ask of the worker in which the vault and messaging live. No key, seed, token or password comes back
 * over it. Commands reject with a BatonError whose code is in the catalogue.
 */
export interface BatonClient {
  readonly status: Subscribable<ClientStatus>;
  readonly account: AccountCommands;
  readonly conversations: ConversationCommands;
  readonly vault: VaultCommands;
  readonly kit: KitCommands;
  readonly exports: ExportCommands;
  readonly messaging: MessagingSession;
}

/** Who is signed in on this device, and whether their messages can be read yet. */
export type ClientStatus =
  | { phase: 'loading' }
  | { phase: 'signed-out'; because?: 'SESSION_ENDED' | 'SIGNED_OUT' }
  | {
      phase: 'signed-in';
      viewer: ViewerSummary;
      /** `ready` once this browser has its Matrix identity and has decrypted the inbox; offline it is `ready` from the local store. */
      messaging: 'starting' | 'ready' | 'failed';
      /** Why it failed, or why it is still `starting`: then it is tried again by itself. */
      failure?: { code: string };
      /** Present from Continue until a candidate's claim is through. They may write already; the server does not know them yet. */
      claim?: ClaimSummary;
    };

/** A claim on its way, in the words of the landing page. */
export interface ClaimSummary {
  invitationId: string;
  conversationId: string;
  inviterName: string;
  about: string | null;
  /** It will never go through, and why: ALREADY_CLAIMED, LINK_EXPIRED, LINK_REVOKED, LINK_FORGED … What was written is kept until they sign out. */
  refused: { code: string } | null;
}

export interface ViewerSummary {
  accountId: string;
  kind: 'member' | 'candidate';
  name: string;
  email: string | null;
  mxid: string;
  role: Role | null;
  organisationId: string;
  firmName: string;
  sessionId: string;
  hasPassword: boolean;
}

/** What the sheet to print holds. Shown once, never stored. */
export interface RecoveryKit {
  firmName: string;
  /** Short form of the root's fingerprint, in groups, to compare by eye. */
  fingerprint: string;
  /** 24 words that open the organisation's root; null for a colleague's sheet. */
  firmWords: string[] | null;
  /** 12 words that open this person's own account. */
  accountWords: string[];
}

/** What a link says. */
export interface LinkView {
  invitationId: string;
  kind: 'colleague' | 'candidate';
  state: 'open' | 'claimed' | 'expired' | 'revoked';
  /** True when this very browser made the claim: go on in. */
  mine: boolean;
  firmName: string;
  inviterName: string;
  inviteeName: string | null;
  about: string | null;
  role: Role | null;
  expiresAt: string;
  claimedAt: string | null;
  claimedOn: string | null;
  conversationId: string | null;
}

export interface AccountCommands {
  /** Makes seed, root and kit, and signs the first partner in. Errors: ALREADY_SET_UP, WEAK_PASSWORD, INVALID_EMAIL … */
  setUpFirm(input: { firmName: string; name: string; email: string; password: string }): Promise<RecoveryKit>;
  /** Errors: WRONG_CREDENTIALS, THROTTLED, OFFLINE. */
  signIn(input: { email: string; password: string }): Promise<void>;
  /** `words` as typed, any spacing. Errors: RECOVERY_WORD_UNKNOWN {position, word}, RECOVERY_CODE_WRONG. */
  signInWithRecovery(input: { email: string; words: string; newPassword: string }): Promise<void>;
  signOut(): Promise<void>;
  /** Asks whether this browser's session still holds, and ends it here where it does not: called when somebody was told so. Errors: OFFLINE. */
  confirmSession(): Promise<void>;
  /** Reads a link without effect, and checks its signatures against the root that it names. Errors: LINK_BROKEN, LINK_UNKNOWN, LINK_FORGED, OFFLINE. */
  inspectLink(link: string): Promise<LinkView>;
  joinAsColleague(input: { link: string; name: string; email: string; password: string }): Promise<RecoveryKit>;
  /**
   * Comes in by a candidate's link, and resolves as soon as that is stored on this device: messages may be sent at once to
   * the room named by `conversationId`. The link is checked and claimed after that, and again after a reload, until it is
   * through or refused: see `ClientStatus.claim`. `view` is what a page has read of the link, which nobody has to have
   * checked; without it the link is read first. Errors: ALREADY_SIGNED_IN; of a link that is not open ALREADY_CLAIMED,
   * LINK_EXPIRED, LINK_REVOKED.
   */
  claimAsCandidate(input: { link: string; view?: LinkView }): Promise<{ conversationId: string }>;
  reportLink(input: { link: string; reason?: string }): Promise<void>;
  /** A candidate's first password, or a change of it. Errors: WRONG_PASSWORD, WEAK_PASSWORD, EMAIL_TAKEN. */
  setPassword(input: { email?: string; currentPassword?: string; newPassword: string }): Promise<void>;
  /** New words for this account; the old ones stop working. */
  renewRecoveryCode(input: { currentPassword: string }): Promise<RecoveryKit>;
  inviteColleague(input: { name: string; role: Role }): Promise<{ invitationId: string; link: string }>;
  /** Lets a colleague go, for good: signed out everywhere, out of every room, and their projects' keys change. Errors: NOT_ADMIN, LAST_PARTNER. */
  endColleague(accountId: string): Promise<void>;
}

export interface ConversationCommands {
  /** Creates room and link. `link` is null when the person already talks with the firm. Errors: NOT_ALLOWED, ALREADY_OPEN {conversationId}, CANDIDATE_BLOCKED. */
  open(input: { candidacyId: string; candidateName: string; about: string }): Promise<{ conversationId: string; roomId: string; link: string | null }>;
  /** The link of an invitation, a candidate's or a colleague's, that this account made; null when another colleague made it. */
  linkOf(invitationId: string): Promise<string | null>;
  /** `letBackIn`: the candidate is in and has lost every way back. Their old access ends, and whoever claims the new link takes their place. */
  renewLink(conversationId: string, options?: { letBackIn: boolean }): Promise<{ link: string }>;
  leave(conversationId: string, options: { block: boolean }): Promise<void>;
  /** Asks the API again: called when a hint says that conversations changed. */
  refresh(): Promise<void>;
  /** Conversations as last known on this device, so that the inbox opens offline. */
  readonly list: Subscribable<readonly ConversationSummary[]>;
  /** The rooms of the teams that a member is on, one a project whose vault has begun. Kept on this device too. */
  readonly teamRooms: Subscribable<readonly TeamRoomSummary[]>;
}

/** Where a project's team talks among itself. Candidates know nothing of it. */
export interface TeamRoomSummary {
  projectId: string;
  projectName: string;
  roomId: string;
  team: { accountId: string; name: string; mxid: string }[];
  /** Who was on it once: what they wrote keeps their name. Not in what an older version has kept on this device. */
  formerTeam?: { accountId: string; name: string; mxid: string }[];
}

export interface ConversationSummary {
  conversationId: string;
  roomId: string;
  candidateName: string;
  firmName: string;
  about: string;
  state: 'INVITED' | 'CLAIMED' | 'ENTERED' | 'LEFT' | 'BLOCKED';
  ownerId: string;
  ownerName: string;
  team: { accountId: string; name: string; mxid: string; role: string | null }[];
  candidate: { accountId: string; name: string; mxid: string } | null;
  /** Who wrote here under a Matrix id that is no more: colleagues who were on the project, the candidate before they lost every way back. */
  formerly: { name: string; mxid: string }[];
  candidacyId: string | null;
  personId: string | null;
  projectId: string | null;
  projectName: string | null;
  stageName: string | null;
  invitation: { id: string; state: string; expiresAt: string; claimedAt: string | null; claimedOn: string | null; reportReason: string | null; mine: boolean } | null;
  reportedAt: string | null;
  createdAt: string;
}

/** What a project's team does with its history. All but `readers` are a member's. Errors: the vault's, OFFLINE. */
export interface VaultCommands {
  /** Hears of a hint that a project's log or vault changed; null: after a gap in which any may have. */
  changed(projectId: string | null): Promise<void>;
  /** Begins the vault of a project that was just created. Whoever writes there first does it otherwise. */
  begin(projectId: string): Promise<void>;
  /** What a project's signed log says; null before it is begun. */
  project(projectId: string): Promise<ProjectVaultView | null>;
  /** Who of the firm reads a conversation, as the project's signed log says; null before it is begun. Also for the candidate. */
  readers(conversationId: string): Promise<ConversationReaders | null>;
  /** The whole team. Newcomers read everything from the start; whoever leaves opens nothing that comes after. */
  setTeam(projectId: string, team: { accountId: string; role: 'lead' | 'member' }[]): Promise<void>;
  /**
   * Hands a project over, once: sent again it changes nothing. `kit`: the firm's recovery words as typed, or two of its three parts, for a partner who is not
   * on the project. Errors: HANDOVER_TO_SELF, ALREADY_HANDED_OVER {by, to}, PREDECESSOR_NOT_ON_TEAM, UNKNOWN_MEMBER, REVOKED_MEMBER,
   * LEAD_ROLE, EPOCH_CLOSED (not without the kit), RECOVERY_WORD_UNKNOWN, WRONG_ROOT (another firm's kit).
   */
  handOver(input: { projectId: string; from: string; to: string; kit?: string }): Promise<void>;
  /**
   * Before a handover: begins the vault of a project that has none. Where its lead is gone a partner takes the predecessor's
   * place for that. Returns who has the project then, the predecessor or the viewer: it goes on from them.
   */
  beginInstead(projectId: string, from: string): Promise<string>;
  /**
   * Plans to hand a project over to a colleague who has not signed in: `to` is their invitation, or their account where they have
   * one. A client of its leads and partners carries it out when they do. Sent again it changes nothing. Errors: HANDOVER_PLANNED,
   * ROSTER_INVALID, LEAD_ROLE, LINK_REVOKED, LINK_EXPIRED, MEMBER_UNKNOWN, MEMBER_ENDED, VAULT_MISSING.
   */
  planHandOver(input: { projectId: string; from: string; to: string }): Promise<void>;
  /**
   * Plans a handover that waits once more, in the viewer's name: whoever planned it may decide nothing any more. Errors: PLAN_OUTDATED,
   * and those of `planHandOver`.
   */
  renewPlan(projectId: string): Promise<void>;
  /** Hears of a hint that somebody came into the firm: what was planned for them is carried out. */
  carryOutPlans(): Promise<void>;
  /** What this person was given in handovers, by the signed logs, as far as they are on it still; the newest first. */
  takenOver(): Promise<TakenOver[]>;
  /** What this person was handing over when the page was closed; null: nothing. Kept sealed on this device. */
  keptHandOver(): Promise<KeptHandOver | null>;
  /** Keeps it as far as it is; null when it is over. */
  keepHandOver(kept: KeptHandOver | null): Promise<void>;
}

/** A project that somebody handed over to the viewer. */
export interface TakenOver {
  projectId: string;
  projectName: string;
  teamRoomId: string;
  /** The line of the project's log. */
  seq: number;
  at: string;
  from: string;
  /** Null: the recovery kit was used. */
  by: string | null;
}

/** A handover on its way. The firm's recovery words are never in it. */
export interface KeptHandOver {
  from: HandOverPerson;
  to: HandOverPerson;
  /** What the successor is told, in the words of whoever hands over. */
  words: string;
  /** The account that takes the projects first, where the predecessor is to lose access before a successor who has not signed in yet can take over; null: nobody. */
  through: string | null;
  projects: KeptHandOverStep[];
}

export interface HandOverPerson {
  /** The account's; of a successor who has not come yet their invitation's. */
  id: string;
  name: string;
  email: string;
}

export interface KeptHandOverStep {
  id: string;
  name: string;
  /** Id of the message that is the brief: said again it is the same one. */
  mid: string;
  isDone: boolean;
}

/** The firm's recovery kit, as it is typed by who holds it. Its words are forgotten with each call. */
export interface KitCommands {
  /** What has been typed so far, and whether it opens the firm. Wrong words are no error here: they are what it says. */
  read(typed: string): Promise<KitReading>;
  /** Splits a kit in three parts, two of which open the firm. Errors: as `KitReading.problem`. */
  split(typed: string): Promise<KitParts>;
}

export interface KitReading {
  /** How many words there are, known or not. */
  words: number;
  /** `kit`: all 24. `parts`: it begins with a part. */
  holds: 'nothing' | 'kit' | 'parts';
  /** Numbers of the parts that stand there in full, as typed. */
  parts: number[];
  /** Why it does not open the firm (yet); null: it does. */
  problem: { code: string; details: Readonly<Record<string, string | number>> } | null;
}

/** Three sheets to print. Shown once, never stored. */
export interface KitParts {
  /** Tells the sheets of two splittings apart. */
  split: string;
  /** Short form of the root's fingerprint. */
  fingerprint: string;
  /** 32 words for each of the three. */
  parts: string[][];
}

/** Accounts that read a project's threads, by its signed log. */
export interface ProjectReaders {
  team: { accountId: string; role: 'lead' | 'member' }[];
  /** How often the key has been changed, and once more. */
  epoch: number;
}

export interface ConversationReaders extends ProjectReaders {
  /** Accounts that gave the project away and took it over, by line of the log; oldest first. */
  handovers: { seq: number; from: string | null; to: string | null }[];
}

export interface ProjectVaultView extends ProjectReaders {
  projectId: string;
  /** Oldest first. */
  changes: VaultChange[];
}

/** What a line of a project's log did. */
export interface VaultChange {
  seq: number;
  at: string;
  /** Null: the recovery kit was used. */
  actorId: string | null;
  type: 'genesis' | 'roster' | 'rotate' | 'handover';
  came: string[];
  left: string[];
  from: string | null;
  to: string | null;
  epoch: number;
}
