/**
 * Every code that the API answers with, and what it says to a developer. Web translates each (its test reads this very
 * object), so a code is added here and there together.
 */
export const catalogue = {
  // Top-level: the request as a whole.
  UNAUTHENTICATED: 'Nobody is signed in, or the session has ended.',
  FORBIDDEN: 'The viewer may not do this.',
  NOT_FOUND: 'There is no such thing that the viewer may see.',
  CONFLICT: 'Somebody else was faster: read again, then decide.',
  THROTTLED: 'Too many attempts: wait for the given seconds.',
  BAD_REQUEST: 'The request is not a valid operation of the schema.',
  INTERNAL: 'Something went wrong on the server. It has been logged.',
  ORIGIN_REFUSED: 'The request came from another website.',
  UNKNOWN_DOCUMENT: 'Only documents of the released client are served here.',
  TOO_COMPLEX: 'The document asks for more at once than one request may: `limit`, `allowed` and `asked` say of what.',

  // Fields.
  REQUIRED: 'A value is needed here.',
  INVALID_TEXT: 'A text holds a character that can not be stored.',
  TOO_LONG: 'The value is longer than the field takes.',
  INVALID_ID: 'This is not an id of the right kind.',
  ID_TAKEN: 'Something else has this id already.',
  INVALID_EMAIL: 'This is not an e-mail address.',
  EMAIL_TAKEN: 'Another account signs in with this e-mail address.',
  INVALID_DATE: 'This is not a date of the calendar, written like 2026-11-30.',
  OUT_OF_RANGE: 'The value is outside the allowed range.',

  // Accounts and sessions.
  ALREADY_SET_UP: 'The installation has its firm already.',
  WRONG_CREDENTIALS: 'E-mail address and password do not belong together.',
  RECOVERY_CODE_WRONG: 'E-mail address and recovery code do not belong together.',
  WRONG_PASSWORD: 'The current password is not right.',
  WEAK_PARAMETERS: 'The key derivation is cheaper than the minimum.',
  SESSION_UNKNOWN: 'The viewer has no such session.',
  MATRIX_UNAVAILABLE: 'The homeserver does not answer. Try again.',

  // Signed statements.
  STATEMENT_INVALID: 'The statement is malformed, its signatures do not hold, or it says something else than the request.',
  CERTIFICATE_OUTDATED: 'A certificate with this or a higher sequence is known already.',
  LAST_PARTNER: 'A firm can not be without a partner.',

  // Project logs and deposits.
  EPOCH_OUTDATED: 'The project has a newer key: read its log, then deposit again.',
  MEMBERS_IN_LOG: 'Who is on this project stands in its log, and is changed there.',
  NOT_LEAD: 'Only the leads of the roster before and partners append to a project\'s log.',
  LEAD_MISSING: 'A roster needs a lead.',
  ROSTER_INVALID: 'The roster does not follow from the one before, or names somebody who may not be in it so.',
  UNKNOWN_MEMBER: 'The firm\'s log has no such member.',
  REVOKED_MEMBER: 'This member was revoked in the firm\'s log.',
  HANDOVER_PLANNED: 'Another handover of this project waits already: it is to be cancelled first.',
  PLAN_OUTDATED: 'The project was handed over since this was planned, or the predecessor is off its team.',
  HANDOVER_TO_SELF: 'Nobody hands a project over to themself.',

  // Invitations.
  LINK_UNKNOWN: 'There is no such invitation.',
  LINK_EXPIRED: 'The invitation has expired.',
  LINK_REVOKED: 'The invitation was taken back.',
  ALREADY_CLAIMED: 'Somebody has used this invitation already.',

  // Conversations.
  ALREADY_OPEN: 'This candidacy has a conversation already.',
  CANDIDATE_BLOCKED: 'The candidate asked the firm not to write again.',
  CLAIMED: 'The candidate is in the room: Matrix carries the keys from here on.',
  NOT_ENTERED: 'The candidate is not in the room yet.',
  CONVERSATION_OVER: 'The candidate has left this conversation.',
  CERTIFICATE_REQUIRED: 'The account has not published its certificate.',

  // Firms' records.
  NAME_NEEDS_LETTER: 'A name needs at least one letter or digit, of any script.',
  TOO_MANY: 'There are more of these than the field takes.',
  INVALID_PHONE: 'This is not a telephone number.',
  INVALID_WECHAT: 'This is not a WeChat id.',
  INVALID_LINKEDIN: 'This is not a LinkedIn profile.',
  INVALID_CURSOR: 'The cursor is not one of this list.',
  DUPLICATE_HANDLE: 'Another person of the firm has this address, number or profile.',
  STALE_VERSION: 'Somebody changed this in the meantime: read again, then decide.',

  // Projects and candidacies.
  STAGE_IN_USE: 'A stage with candidates in it can not be removed.',
  STAGE_UNKNOWN: 'The project has no such stage.',
  NO_LEAD: 'A project needs at least one lead who works here.',
  LEAD_ROLE: 'Researchers do not lead projects.',
  MEMBER_UNKNOWN: 'The firm has no such colleague.',
  MEMBER_ENDED: 'This colleague does not work here any more.',
  PROJECT_ARCHIVED: 'The project is archived.',
  ALREADY_IN_PROJECT: 'This person is in the project already.',
  STAGE_CONFLICT: 'A colleague has moved this candidate in the meantime.',

  // Interviews.
  INTERVIEW_OVER: 'The interview was held or cancelled.',
  INTERVIEW_CANCELLED: 'The interview was cancelled.',
  CRITERION_UNKNOWN: 'The project has no such criterion.',
  SCORECARD_SUBMITTED: 'The scorecard was submitted: it stays as it is.',

  // Imports.
  TOO_MANY_ROWS: 'At most 2,000 rows go into one call.',
  DUPLICATE_IN_FILE: 'An earlier row of the file is the same person.',
  HANDLES_OF_SEVERAL: 'The row names the handles or the id of more than one person.',
  EXTERNAL_ID_OF_ANOTHER: 'The row\'s id belongs to a person of another name, and no handle says that it is the same one.',
  NAME_KEPT: 'The person is known by another name, which was kept.',
  FORMULA_CELL: 'The cell looks like a formula; it was kept as plain text.',
} as const satisfies Record<string, string>;

/** A code of the catalogue. */
export type ErrorCode = keyof typeof catalogue;

/** Codes that may stand at the top level of an answer. */
export type TopLevelCode = 'UNAUTHENTICATED' | 'FORBIDDEN' | 'NOT_FOUND' | 'CONFLICT' | 'THROTTLED' | 'TOO_COMPLEX';
