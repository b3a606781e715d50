import { expect, test } from 'vitest';
import type { VaultChange } from '../../session/contract.ts';
import { changeText } from './changeText.ts';

const names: Record<string, string> = { lena: 'Lena', tom: 'Tom', ruth: 'Ruth' };
const change = (more: Partial<VaultChange>): VaultChange => ({
  seq: 1, at: '2026-11-01T00:00:00Z', actorId: 'lena', type: 'roster', came: [], left: [], from: null, to: null, epoch: 1, ...more,
});

test.each<[string, Partial<VaultChange>]>([
  ['Lena made the key', { type: 'genesis', came: ['lena'] }],
  ['Lena made the key for Lena and Tom', { type: 'genesis', came: ['lena', 'tom'] }],
  ['Lena let Tom and Ruth in', { came: ['tom', 'ruth'] }],
  ['Lena changed who leads', {}],
  ['Lena changed the key', { type: 'rotate' }],
  ['Lena took Tom off; the key changed', { type: 'rotate', left: ['tom'] }],
  ['Lena let Ruth in and took Tom off; the key changed', { type: 'rotate', came: ['ruth'], left: ['tom'] }],
  ['Lena handed over to Tom; the key changed', { type: 'handover', from: 'lena', to: 'tom' }],
  ['Lena handed over from Tom to Ruth; the key changed', { type: 'handover', from: 'tom', to: 'ruth' }],
  ['The recovery kit handed over from Lena to Tom; the key changed', { type: 'handover', actorId: null, from: 'lena', to: 'tom' }],
])('%s', (sentence, more) => {
  expect(changeText(change(more), (id) => names[id] ?? id)).toBe(sentence);
});
