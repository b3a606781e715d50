import { render, screen } from '@solidjs/testing-library';
import { afterEach, describe, expect, test } from 'vitest';
import { locale } from '../preferences/preferences.ts';
import { createTranslator, defineMessages, type Messages } from './messages.ts';
import { formatNumber } from './format.ts';
import { formatMoment, formatRelative, formatSpan } from './formatRelative.ts';

afterEach(() => locale.set('en'));

const t = createTranslator(
  defineMessages(
    { title: 'Inbox', list: { count: (count: number) => `${count} people` } },
    { title: '收件箱', list: { count: (count) => `${count} 人` } },
  ),
);

test('a page changes its language at once', () => {
  render(() => <h1>{t('title')}</h1>);
  expect(screen.getByRole('heading').textContent).toBe('Inbox');
  locale.set('zh-CN');
  expect(screen.getByRole('heading').textContent).toBe('收件箱');
});

test('a sentence takes its arguments', () => {
  expect(t('list.count', 3)).toBe('3 people');
});

describe('every feature says the same things in both languages', () => {
  const modules = import.meta.glob<Record<string, unknown>>('../../**/*.messages.ts', { eager: true });
  const keysOf = (value: unknown, path = ''): string[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => keysOf(inner, `${path}.${key}`))
      : [`${path}:${typeof value}`];

  test.each(Object.keys(modules))('%s', (path) => {
    const found = Object.values(modules[path]!).filter(
      (value): value is Messages => typeof value === 'object' && value !== null && 'en' in value && 'zh-CN' in value,
    );
    expect(found.length).toBeGreaterThan(0);
    for (const messages of found) {
      expect(keysOf(messages['zh-CN']).sort()).toEqual(keysOf(messages.en).sort());
      expect(JSON.stringify(messages['zh-CN'])).not.toContain('""');
    }
  });
});

describe('times', () => {
  const now = new Date(2026, 10, 20, 15, 0).getTime();
  test('a list shows the hour today, the weekday this week, then the date', () => {
    expect(formatMoment(new Date(2026, 10, 20, 9, 5), now)).toBe('09:05');
    expect(formatMoment(new Date(2026, 10, 17, 9, 5), now)).toBe('Tue');
    expect(formatMoment(new Date(2026, 9, 2), now)).toBe('Oct 2');
  });
  test('how long something lasts already is told in whole days, else hours, else minutes, and never as nothing', () => {
    expect([4.9 * 86_400_000, 23.5 * 3_600_000, 90_000, 5_000].map((span) => formatSpan(now - span, now))).toEqual(['4 days', '23 hours', '1 minute', '1 minute']);
    locale.set('zh-CN');
    expect(formatSpan(now - 4 * 86_400_000, now)).toBe('4天');
  });
  test('distances are told in the reader’s language', () => {
    expect(formatRelative(now - 3 * 60_000, now)).toBe('3 minutes ago');
    expect([-10_000, 10_000].map((distance) => formatRelative(now + distance, now))).toEqual(['1 minute ago', 'in 1 minute']);
    locale.set('zh-CN');
    expect(formatRelative(now - 86_400_000, now)).toBe('昨天');
    expect(formatNumber(1234)).toBe('1,234');
  });
});
