/** Where somebody stands in a call. */
export type Presence = 'caller' | 'invited' | 'declined' | 'busy' | 'in';

/** A call is a list of people; two are in it now. */
export interface Participant {
  readonly userId: string;
  readonly presence: Presence;
}

/** Those of a call that begins: who calls, and who is invited. */
export function listParticipants(caller: string, invitees: readonly string[]): readonly Participant[] {
  return [{ userId: caller, presence: 'caller' }, ...invitees.filter((userId) => userId !== caller).map((userId) => ({ userId, presence: 'invited' as const }))];
}

/** The list with one of them moved; who is not in it is not added. */
export function setPresence(participants: readonly Participant[], userId: string, presence: Presence): readonly Participant[] {
  return participants.map((each) => (each.userId === userId ? { ...each, presence } : each));
}

export function takesPart(participants: readonly Participant[], userId: string): boolean {
  return participants.some((each) => each.userId === userId);
}

/** Whether anybody may still accept. */
export function isAnybodyInvited(participants: readonly Participant[]): boolean {
  return participants.some(({ presence }) => presence === 'invited' || presence === 'in');
}
