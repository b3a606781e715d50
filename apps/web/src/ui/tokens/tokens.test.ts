import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8');

/** The custom properties of one theme: the light block, with the dark one laid over it. */
function themeOf(name: 'light' | 'dark'): Map<string, string> {
  const values = new Map<string, string>();
  const blocks = name === 'light' ? [/:root \{([^}]*)\}/] : [/:root \{([^}]*)\}/, /:root\[data-theme='dark'\] \{([^}]*)\}/];
  for (const block of blocks) {
    for (const [, property, value] of (block.exec(css)?.[1] ?? '').matchAll(/(--[\w-]+):\s*([^;]+);/g)) values.set(property!, value!.trim());
  }
  return values;
}

function linearRgb(theme: Map<string, string>, token: string): [number, number, number] {
  const resolve = (text: string): string => text.replace(/var\((--[\w-]+)\)/g, (_, name: string) => resolve(theme.get(name)!));
  const match = /^oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)$/.exec(resolve(theme.get(token)!));
  if (!match) throw new Error(`${token} is not a plain oklch colour`);
  const [l, c, h] = [Number(match[1]) / 100, Number(match[2]), (Number(match[3]) * Math.PI) / 180];
  const [a, b] = [c * Math.cos(h), c * Math.sin(h)];
  const [x, y, z] = [(l + 0.3963377774 * a + 0.2158037573 * b) ** 3, (l - 0.1055613458 * a - 0.0638541728 * b) ** 3, (l - 0.0894841775 * a - 1.291485548 * b) ** 3];
  const clamp = (value: number): number => Math.min(1, Math.max(0, value));
  return [
    clamp(4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z),
    clamp(-1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z),
    clamp(-0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z),
  ];
}

function contrast(theme: Map<string, string>, one: string, other: string): number {
  const luminance = (token: string): number => {
    const [r, g, b] = linearRgb(theme, token);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [high, low] = [luminance(one), luminance(other)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const grounds = ['--bg', '--surface', '--raised', '--sunken', '--hover', '--selected', '--highlight', '--track', '--thumb', '--theirs', '--mine'];
const readable: [string, string[]][] = [
  ['--text', grounds],
  ['--text-2', grounds],
  ['--text-3', grounds],
  ['--accent-text', [...grounds, '--accent-tint']],
  ['--bad-text', ['--bg', '--surface', '--raised', '--sunken', '--bad-tint', '--mine']],
  ['--warn-text', ['--bg', '--surface', '--raised', '--sunken', '--warn-tint']],
  ['--good-text', ['--bg', '--surface', '--raised', '--sunken', '--good-tint']],
  ['--on-accent', ['--accent-fill', '--accent-fill-hover', '--bad-fill', '--bad-fill-hover']],
  ['--on-inverse', ['--inverse']],
  ['--on-inverse-accent', ['--inverse']],
];

describe.each(['light', 'dark'] as const)('%s theme', (name) => {
  const theme = themeOf(name);

  test.each(readable.flatMap(([text, on]) => on.map((ground) => [text, ground] as const)))('%s is readable on %s (4.5:1)', (text, ground) => {
    expect(contrast(theme, text, ground)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(['--surface', '--raised', '--sunken'])('the accent stands out from %s (3:1)', (ground) => {
    expect(contrast(theme, '--accent', ground)).toBeGreaterThanOrEqual(3);
  });
});
