import type { PersonRecordFragment } from '../../generated/graphql.ts';

/** A record for tests. */
export const samplePerson = (more: Partial<PersonRecordFragment> = {}): PersonRecordFragment => ({
  id: 'per_priya', name: 'Priya Shah', pinyin: null, title: 'CFO', location: 'London', tags: ['ipo'], updatedAt: '2026-11-01T00:00:00Z', createdAt: '2026-10-01T00:00:00Z',
  source: null, version: 4, company: { id: 'cmp_1', name: 'Northwind' }, handles: [{ kind: 'EMAIL', raw: 'priya@example.com', normalised: 'priya@example.com' }],
  candidacies: [], notes: [],
  ...more,
});
