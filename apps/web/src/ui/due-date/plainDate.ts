/** The midnight, in the reader's zone, at which a plain date (`2026-11-30`) begins. */
export function startOf(date: string): Date {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(year, month - 1, day);
}

/** Days from the reader's today until a plain date; negative when it is past. `now` in milliseconds since the epoch. */
export function daysUntil(date: string, now: number): number {
  const today = new Date(now);
  // Rounded: where clocks change, a day has 23 or 25 hours.
  return Math.round((startOf(date).getTime() - new Date(today.getFullYear(), today.getMonth(), today.getDate()).getTime()) / 86_400_000);
}
