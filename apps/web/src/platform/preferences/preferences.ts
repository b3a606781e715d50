import { createSignal, type Accessor } from 'solid-js';

/** What a person set for this browser. Kept in local storage, and read by public/boot.js before the first paint. */
export type Theme = 'system' | 'light' | 'dark';
export type Density = 'compact' | 'default' | 'comfortable';
export type Locale = 'en' | 'zh-CN';

export const locales: readonly Locale[] = ['en', 'zh-CN'];

interface Preference<T> {
  /** The value now; reactive. */
  value: Accessor<T>;
  /** Sets it, remembers it, and tells the other tabs. */
  set(value: T): void;
}

const stored = (key: string): string | null => {
  try {
    return localStorage.getItem(`baton.${key}`);
  } catch {
    return null; // Storage is forbidden: the choice lasts as long as the page.
  }
};

/** Makes a remembered choice. `apply` shows it on the page; it runs at once and after each change, also one made in another tab. */
function makePreference<T extends string>(key: string, choices: readonly T[], fallback: () => T, apply: (value: T) => void): Preference<T> {
  const read = (text: string | null): T => choices.find((choice) => choice === text) ?? fallback();
  const [value, setValue] = createSignal<T>(read(stored(key)));
  const show = (next: T): void => {
    setValue(() => next);
    apply(next);
  };
  apply(value());
  window.addEventListener('storage', (event) => {
    if (event.key === `baton.${key}`) show(read(event.newValue));
  });
  return {
    value,
    set: (next) => {
      try {
        localStorage.setItem(`baton.${key}`, next);
      } catch {
        // As above: not remembered, but shown.
      }
      show(next);
    },
  };
}

const prefersDark = matchMedia('(prefers-color-scheme: dark)');
const showTheme = (choice: Theme): void => {
  const dark = choice === 'dark' || (choice === 'system' && prefersDark.matches);
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
};

export const theme = makePreference<Theme>('theme', ['system', 'light', 'dark'], () => 'system', showTheme);
prefersDark.addEventListener('change', () => showTheme(theme.value()));

export const density = makePreference<Density>('density', ['default', 'compact', 'comfortable'], () => 'default', (choice) => {
  document.documentElement.dataset['density'] = choice;
});

export const locale = makePreference<Locale>('locale', locales, () => (/^zh/i.test(navigator.language) ? 'zh-CN' : 'en'), (choice) => {
  document.documentElement.lang = choice;
});

/** Whether single letters act (J, K, E …). Chords with Ctrl or Cmd always do. */
export const singleKeys = makePreference<'on' | 'off'>('single-keys', ['on', 'off'], () => 'on', () => {});
