import { formatDate, formatNumber, formatter, formatTime, type Time } from './format.ts';

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** `5 minutes ago`, a minute at least: Intl's “now” fits no sentence about what is over; `yesterday`; beyond a week the date. `now` in milliseconds since the epoch. */
export function formatRelative(at: Time, now: number): string {
  const distance = new Date(at).getTime() - now;
  if (Math.abs(distance) > 7 * 86_400_000) {
    const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
    return formatDate(at, { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) });
  }
  const [unit, size] = steps.find(([, length]) => Math.abs(distance) >= length) ?? ['minute', 60_000];
  const count = Math.trunc(distance / size) || (distance > 0 ? 1 : -1);
  return formatter(Intl.RelativeTimeFormat, 'relative', { numeric: 'auto' } as Intl.RelativeTimeFormatOptions).format(count, unit);
}

/** How long ago something was, as a span: `4 days`, `2 hours`; a minute at least. `now` in milliseconds since the epoch. */
export function formatSpan(since: Time, now: number): string {
  const span = Math.max(60_000, now - new Date(since).getTime());
  const [unit, size] = steps.find(([, length]) => span >= length) ?? ['minute', 60_000];
  return formatNumber(Math.trunc(span / size), { style: 'unit', unit, unitDisplay: 'long' });
}

/** For a list's narrow column: the time today, the weekday this week, then the date. */
export function formatMoment(at: Time, now: number): string {
  const date = new Date(at);
  const today = new Date(now);
  const days = Math.round((new Date(today.toDateString()).getTime() - new Date(date.toDateString()).getTime()) / 86_400_000);
  if (days === 0) return formatTime(at);
  if (days > 0 && days < 7) return formatDate(at, { weekday: 'short' });
  if (date.getFullYear() === today.getFullYear()) return formatDate(at, { day: 'numeric', month: 'short' });
  return formatDate(at, { dateStyle: 'short' });
}
