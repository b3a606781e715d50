/** Where a link leads: `<origin>/c/<invitation>#<secret>.<fingerprint>` for candidates, `/join/` for colleagues. */
export const candidateLink = (origin: string, link: string): string => `${origin}/c/${link}`;
export const colleagueLink = (origin: string, link: string): string => `${origin}/join/${link}`;
