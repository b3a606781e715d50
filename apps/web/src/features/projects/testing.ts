import type { BoardProject, Card } from './board.ts';

/** A card for tests, in the stage of that name. */
export const sampleCard = (id: string, name: string, stageId: string, more: Partial<Card> = {}): Card => ({
  id, stageSince: '2026-11-01T00:00:00Z', createdAt: '2026-11-01T00:00:00Z', stage: { id: stageId }, conversation: null,
  person: { id: `per_${id}`, name, title: 'Controller', tags: [], company: { name: 'Amber' } },
  ...more,
});

/** A project for tests: Sourced, Interview, Declined; Priya and 王思远 in the first, Daniel in the second. */
export const sampleProject = (more: Partial<BoardProject> = {}): BoardProject => ({
  id: 'prj_1', name: 'Chief Financial Officer', publicTitle: 'CFO of a wind company', candidacyCount: 3, archivedAt: null, createdAt: '2026-10-01T00:00:00Z', version: 7,
  client: { id: 'cmp_1', name: 'Northwind' },
  members: [{ role: 'LEAD', member: { id: 'acc_mei', name: 'Mei Lin' } }],
  stages: [
    { id: 'sourced', name: 'Sourced', kind: 'ACTIVE', position: 0 },
    { id: 'interview', name: 'Interview', kind: 'ACTIVE', position: 1 },
    { id: 'declined', name: 'Declined', kind: 'CLOSED', position: 2 },
  ],
  can: { edit: true, addCandidates: true, openConversations: true, export: false },
  candidacies: [
    sampleCard('priya', 'Priya Shah', 'sourced', { stageSince: '2026-11-03T00:00:00Z' }),
    sampleCard('wang', '王思远', 'sourced'),
    sampleCard('daniel', 'Daniel Roth', 'interview'),
  ],
  ...more,
});
