import { isBatonError } from '@baton/base';
import { createSignal } from 'solid-js';
import { locale } from '../preferences/preferences.ts';
import { errorMessages, unknownErrorMessages } from './errors.messages.ts';

type Details = Readonly<Record<string, string | number>>;
type Sentences = Record<string, string | ((details: Details) => string)>;

const [more, setMore] = createSignal<{ readonly en: unknown; readonly 'zh-CN': unknown }>();
let loading: Promise<void> | undefined;

/** Loads the sentences that only colleagues meet. The shell does it beforehand; a rare code does it when it is met. */
export function loadAllErrors(): Promise<void> {
  loading ??= import('./moreErrors.messages.ts').then(
    ({ moreErrorMessages }) => void setMore(moreErrorMessages),
    () => {
      loading = undefined;
    },
  );
  return loading;
}

/** What an error's code means to a person, and what they can do, in the language of the moment. Reactive. */
export function sentenceFor(code: string, details: Details = {}): string {
  const language = locale.value();
  const known = [errorMessages[language], more()?.[language] ?? {}] as Sentences[];
  const sentence = known.find((sentences) => Object.hasOwn(sentences, code))?.[code];
  if (sentence === undefined) {
    if (!more()) void loadAllErrors();
    return unknownErrorMessages[language].unknown(code);
  }
  return typeof sentence === 'string' ? sentence : sentence(details);
}

/** The same for whatever was thrown. What is no BatonError is a bug: it goes to the console and is called unexpected. */
export function errorText(error: unknown): string {
  if (isBatonError(error)) return sentenceFor(error.code, error.details);
  console.error(error);
  return sentenceFor('UNEXPECTED');
}
