import { cleanup, render } from '@solidjs/testing-library';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { locale } from '../../platform/preferences/preferences.ts';
import { DueDate } from './DueDate.tsx';
import { daysUntil } from './plainDate.ts';

beforeEach(() => void vi.useFakeTimers({ now: new Date(2026, 10, 20, 23, 30), toFake: ['Date'] }));
afterEach(() => {
  vi.useRealTimers();
  locale.set('en');
});

const shown = (on: string): { words: string | null; tone: string | undefined } => {
  cleanup();
  const time = render(() => <DueDate on={on} />).container.querySelector('time');
  return { words: time?.textContent ?? null, tone: time?.dataset['due'] };
};

test.each([
  ['2026-11-18', '2 days overdue', '已逾期 2 天', 'past'],
  ['2026-11-19', '1 day overdue', '已逾期 1 天', 'past'],
  ['2026-11-20', 'Due today', '今天到期', 'today'],
  ['2026-11-21', 'Due tomorrow', '明天到期', undefined],
  ['2026-11-30', 'Due Nov 30', '11月30日到期', undefined],
  ['2027-01-04', 'Due Jan 4, 2027', '2027年1月4日到期', undefined],
] as const)('%s is %s', (on, english, chinese, tone) => {
  expect(shown(on)).toEqual({ words: english, tone });
  locale.set('zh-CN');
  expect(shown(on).words).toBe(chinese);
});

test('counts days of the calendar, also over a change of the clocks', () => {
  const late = new Date(2026, 9, 24, 23, 59).getTime();
  expect([daysUntil('2026-10-24', late), daysUntil('2026-10-26', late), daysUntil('2026-03-01', new Date(2026, 1, 28).getTime())]).toEqual([0, 2, 1]);
});
