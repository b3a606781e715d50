/** Address that opens one's own mail program with a letter begun. The link's secret thereby never passes a server of ours. */
export function mailTo(letter: { to?: string | undefined; subject: string; body: string }): string {
  // mailto: wants %20 and %0D%0A; URLSearchParams would write + for a space.
  const lines = letter.body.replaceAll('\n', '\r\n');
  return `mailto:${encodeURIComponent(letter.to ?? '').replace('%40', '@')}?subject=${encodeURIComponent(letter.subject)}&body=${encodeURIComponent(lines)}`;
}
