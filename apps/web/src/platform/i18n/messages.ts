import { flatten, translator, type BaseRecordDict, type Flatten, type Translator } from '@solid-primitives/i18n';
import { createMemo, createRoot } from 'solid-js';
import { locale, type Locale } from '../preferences/preferences.ts';

/** The same keys and the same arguments, in another language. */
export type Translated<T> = {
  readonly [K in keyof T]: T[K] extends string ? string : T[K] extends (...args: infer A) => string ? (...args: A) => string : Translated<T[K]>;
};

/** A feature's sentences in every language. English sets the shape. */
export interface Messages<T extends BaseRecordDict = BaseRecordDict> {
  readonly en: T;
  readonly 'zh-CN': Translated<T>;
}

/**
 * Joins a feature's sentences. A sentence is a string, or a function of what goes into it:
 * `{ greeting: (name: string) => `Hello ${name}` }`. TypeScript refuses a key that one language lacks.
 */
export function defineMessages<const T extends BaseRecordDict>(en: T, chinese: Translated<T>): Messages<T> {
  return { en, 'zh-CN': chinese };
}

/**
 * Makes the function that says a feature's sentences in the language of the moment: `t('list.empty')`,
 * `t('greeting', name)`. Reactive: what reads it in JSX changes with the language. Call it once at a module's top.
 */
export function createTranslator<T extends BaseRecordDict>(messages: Messages<T>): Translator<Flatten<T>> {
  return createRoot(() => {
    const dictionary = createMemo(() => flatten(messages[locale.value()] as T));
    return translator<Flatten<T>>(dictionary);
  });
}

/** A language's own name, for the switch. */
export const languageNames: Record<Locale, string> = { en: 'English', 'zh-CN': '简体中文' };
