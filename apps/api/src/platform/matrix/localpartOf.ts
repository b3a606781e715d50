/** Local part of an account's Matrix id: it says which kind of person this is, and nothing else about them. */
export function localpartOf(accountId: string, kind: 'MEMBER' | 'CANDIDATE'): string {
  return `${kind === 'MEMBER' ? 'm' : 'c'}-${accountId.replace(/^acc_/, '')}`;
}
