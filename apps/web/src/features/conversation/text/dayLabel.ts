import { formatDate } from '../../../platform/i18n/format.ts';
import { t } from '../threadContext.ts';

/** A day as people say it: today, yesterday, the weekday within a week, then the date. Reactive to the language. */
export function dayLabel(at: number, now: number): string {
  const distance = Math.round((midnight(now) - midnight(at)) / 86_400_000);
  if (distance === 0) return t('today');
  if (distance === 1) return t('yesterday');
  if (distance > 1 && distance < 7) return formatDate(at, { weekday: 'long' });
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return formatDate(at, { weekday: 'short', day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) });
}

function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
