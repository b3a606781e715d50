import { describe, expect, test } from 'vitest';
import { assess } from './report.ts';

describe('a figure', () => {
  test('with a floor is held against its multiple', () => {
    const figure = { bench: 'latency', figure: 'p50', value: 30, unit: 'ms', floor: 20, better: 'lower' } as const;
    expect(assess({ ...figure, goal: 1.5 })).toMatchObject({ ratio: 1.5, met: true });
    expect(assess({ ...figure, goal: 1.4 })).toMatchObject({ ratio: 1.5, met: false });
  });

  test('without a floor is held against the goal itself', () => {
    const figure = { bench: 'weight', figure: 'candidate js', value: 61, unit: 'KB', better: 'lower' } as const;
    expect(assess({ ...figure, goal: 60 })).toMatchObject({ floor: null, ratio: null, met: false });
    expect(assess({ ...figure, goal: 61 })).toMatchObject({ met: true });
  });

  test('may have to be high', () => {
    expect(assess({ bench: 'b', figure: 'rate', value: 90, unit: 'messages/s', goal: 80, better: 'higher' }).met).toBe(true);
    expect(assess({ bench: 'b', figure: 'rate', value: 70, unit: 'messages/s', goal: 80, better: 'higher' }).met).toBe(false);
  });

  test('without a goal is neither met nor missed', () => {
    expect(assess({ bench: 'b', figure: 'f', value: 1, unit: 's', better: 'lower' }).met).toBeNull();
  });

  test('is rounded to what was measured', () => {
    expect(assess({ bench: 'b', figure: 'f', value: 12.345678, unit: 'ms', floor: 7, better: 'lower' })).toMatchObject({ value: 12.35, ratio: 1.764 });
  });
});
