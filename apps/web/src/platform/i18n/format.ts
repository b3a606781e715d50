import { locale } from '../preferences/preferences.ts';

const cache = new Map<string, unknown>();

/** Intl's formatters are dear to make and cheap to use: one of each kind, language and set of options. */
export function formatter<F, O extends object>(kind: new (locale: string, options?: O) => F, name: string, options: O): F {
  const key = `${name} ${locale.value()} ${JSON.stringify(options)}`;
  let found = cache.get(key) as F | undefined;
  if (!found) {
    found = new kind(locale.value(), options);
    cache.set(key, found);
  }
  return found;
}

export type Time = number | string | Date;

/** A date or time in the reader's language and zone; reactive. */
export function formatDate(at: Time, options: Intl.DateTimeFormatOptions = { dateStyle: 'medium' }): string {
  return formatter(Intl.DateTimeFormat, 'date', options).format(new Date(at));
}

/** Hours and minutes. */
export function formatTime(at: Time): string {
  return formatDate(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** A number in the reader's language; reactive. */
export function formatNumber(value: number, options: Intl.NumberFormatOptions = {}): string {
  return formatter(Intl.NumberFormat, 'number', options).format(value);
}

/** `Mei, Jonas and Ana`. */
export function formatList(items: readonly string[]): string {
  return formatter(Intl.ListFormat, 'list', { type: 'conjunction' } as Intl.ListFormatOptions).format(items);
}
