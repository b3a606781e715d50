import { locale } from '../preferences/preferences.ts';
import { deviceMessages } from './device.messages.ts';

/**
 * What a browser called itself when it signed in (`Chrome on Android`), in the language of the moment and fit to stand in a
 * sentence. A name of another make is given back as it is. Reactive.
 */
export function deviceText(name: string): string {
  const { on, ...names } = deviceMessages[locale.value()];
  const [, browser, system] = /^(.+) on (.+)$/.exec(name) ?? [];
  if (browser === undefined || system === undefined) return name;
  const called = (part: string): string => (Object.hasOwn(names, part) ? names[part as keyof typeof names] : part);
  return on(called(browser), called(system));
}
