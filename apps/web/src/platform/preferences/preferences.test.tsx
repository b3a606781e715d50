import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

let systemIsDark = false;
const root = document.documentElement;
const boot = readFileSync(join(import.meta.dirname, '../../../public/boot.js'), 'utf8');

async function load(): Promise<typeof import('./preferences.ts')> {
  vi.resetModules();
  return import('./preferences.ts');
}

beforeEach(() => {
  localStorage.clear();
  systemIsDark = false;
  vi.stubGlobal('matchMedia', () => ({ matches: systemIsDark, addEventListener: () => {} }));
});
afterEach(() => vi.unstubAllGlobals());

describe('theme', () => {
  test('follows the system until something is chosen', async () => {
    systemIsDark = true;
    const { theme } = await load();
    expect(theme.value()).toBe('system');
    expect(root.dataset['theme']).toBe('dark');
  });

  test('a choice is shown at once and remembered', async () => {
    const first = await load();
    first.theme.set('dark');
    expect(root.dataset['theme']).toBe('dark');
    const second = await load();
    expect(second.theme.value()).toBe('dark');
  });

  test('a choice made in another tab arrives here', async () => {
    const { theme } = await load();
    dispatchEvent(new StorageEvent('storage', { key: 'baton.theme', newValue: 'dark' }));
    expect(theme.value()).toBe('dark');
  });
});

test('nonsense in the storage counts as nothing chosen', async () => {
  localStorage.setItem('baton.density', 'gigantic');
  const { density } = await load();
  expect(density.value()).toBe('default');
});

test('switching the language sets the page’s lang', async () => {
  const { locale } = await load();
  locale.set('zh-CN');
  expect(root.lang).toBe('zh-CN');
});

describe('the script before the first paint shows what the preferences will show', () => {
  test.each([
    { theme: 'dark', locale: 'zh-CN', density: 'compact' },
    { theme: 'light', locale: 'en', density: 'comfortable' },
    { theme: 'system', locale: 'en', density: 'default' },
  ])('$theme, $locale, $density', async (choice) => {
    for (const [key, value] of Object.entries(choice)) localStorage.setItem(`baton.${key}`, value);
    const shown = (): unknown => ({ theme: root.dataset['theme'], locale: root.lang, density: root.dataset['density'] });
    new Function(boot)();
    const before = shown();
    await load();
    expect(shown()).toEqual(before);
  });
});
