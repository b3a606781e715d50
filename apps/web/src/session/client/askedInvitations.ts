import type { AccountServer, PublicInvitationAnswer } from '@baton/vault';

/** What the server says of links, by invitation, from when a page asks until a claim takes it: nobody is asked twice for the same words. */
export type AskedInvitations = Map<string, Promise<PublicInvitationAnswer | null>>;

/** The account's server, which keeps what it is asked of links. */
export function keepingInvitations(server: AccountServer, asked: AskedInvitations): AccountServer {
  return {
    ...server,
    publicInvitation: (id) => {
      const answer = server.publicInvitation(id);
      asked.set(id, answer);
      answer.catch(() => asked.delete(id));
      return answer;
    },
  };
}

/** The account's server for one claim, which checks what was kept; else the server is asked at once. The next claim asks anew. */
export function takingInvitation(server: AccountServer, asked: AskedInvitations, id: string): AccountServer {
  const answer = asked.get(id) ?? server.publicInvitation(id);
  asked.delete(id);
  answer.catch(() => {});
  return { ...server, publicInvitation: (wanted) => (wanted === id ? answer : server.publicInvitation(wanted)) };
}
