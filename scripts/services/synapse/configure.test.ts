import { describe, expect, test } from 'vitest';
import { fillIn } from './configure.ts';

describe('a template', () => {
  test('gets each value as JSON, which YAML reads: no value can break out of its place', () => {
    expect(fillIn('a: {{a}}\nb: [{{b}}, {{a}}]\n', { a: 'x"\nadmin: true', b: 7 })).toBe('a: "x\\"\\nadmin: true"\nb: [7, "x\\"\\nadmin: true"]\n');
  });

  test('is refused when it names what nobody gave', () => {
    expect(() => fillIn('secret: {{secret}}', {})).toThrow(/"secret"/);
  });

  test('keeps braces that are its own', () => {
    expect(fillIn('rc_message: { per_second: 1 }', {})).toBe('rc_message: { per_second: 1 }');
  });
});
