import { expect, it } from 'vitest';
import { draftIndexOf, draftOf, inputOf } from './personDraft.ts';

it('offers one empty handle of each kind', () => {
  expect(draftOf().handles.map(({ kind }) => kind)).toEqual(['EMAIL', 'PHONE', 'WECHAT', 'LINKEDIN']);
});

it('sends what was filled in, trimmed, and nulls for the rest', () => {
  const draft = { ...draftOf(), name: ' 王思远 ', title: ' ', handles: [{ kind: 'EMAIL' as const, raw: '' }, { kind: 'PHONE' as const, raw: '138' }] };
  expect(inputOf(draft)).toMatchObject({ name: '王思远', title: null, handles: [{ kind: 'PHONE', raw: '138' }] });
});

it('finds the field that a refusal of the second sent handle is about', () => {
  const draft = { ...draftOf(), handles: [{ kind: 'EMAIL' as const, raw: 'a@example.com' }, { kind: 'PHONE' as const, raw: '' }, { kind: 'WECHAT' as const, raw: 'x' }] };
  expect(draftIndexOf(draft, 1)).toBe(2);
});
