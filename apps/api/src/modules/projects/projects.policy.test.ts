import { describe, expect, test } from 'vitest';
import type { ProjectRole, Role } from '../../generated/resolvers.ts';
import { canAddCandidates, canCreateProjects, canEdit, canExport, canLead, canOpenConversations, canSee } from './projects.policy.ts';

const project = (viewerRole: ProjectRole | null, archivedAt: Date | null = null, hasVault = false) => ({ viewerRole, archivedAt, hasVault });
const as = (role: Role) => ({ role });

describe.each<[Role, ProjectRole | null, { see: boolean; edit: boolean; add: boolean; open: boolean }]>([
  ['PARTNER', null, { see: true, edit: true, add: true, open: true }],
  ['PARTNER', 'LEAD', { see: true, edit: true, add: true, open: true }],
  ['CONSULTANT', 'LEAD', { see: true, edit: true, add: true, open: true }],
  ['CONSULTANT', 'MEMBER', { see: true, edit: false, add: true, open: true }],
  ['CONSULTANT', null, { see: false, edit: false, add: false, open: false }],
  ['RESEARCHER', 'MEMBER', { see: true, edit: false, add: true, open: false }],
  ['RESEARCHER', null, { see: false, edit: false, add: false, open: false }],
])('a %s who is %s', (role, viewerRole, can) => {
  test('may do this', () => {
    expect({
      see: canSee(as(role), project(viewerRole)),
      edit: canEdit(as(role), project(viewerRole)),
      add: canAddCandidates(as(role), project(viewerRole)),
      open: canOpenConversations(as(role), project(viewerRole)),
    }).toEqual(can);
  });
  test('may neither add nor open once it is archived', () => {
    const archived = project(viewerRole, new Date(0));
    expect(canAddCandidates(as(role), archived)).toBe(false);
    expect(canOpenConversations(as(role), archived)).toBe(false);
  });
});

test('once a project has a log, only who is on it opens its conversations, partners included', () => {
  const begun = (viewerRole: ProjectRole | null) => project(viewerRole, null, true);
  expect([null, 'MEMBER' as const].map((role) => canOpenConversations(as('PARTNER'), begun(role)))).toEqual([false, true]);
  expect(canOpenConversations(as('RESEARCHER'), begun('MEMBER'))).toBe(false);
});

test('only partners who are on a project take it out as an archive', () => {
  const may = (role: Role) => ([null, 'MEMBER', 'LEAD'] as const).map((viewerRole) => canExport(as(role), project(viewerRole)));
  expect([may('PARTNER'), may('CONSULTANT'), may('RESEARCHER')]).toEqual([[false, true, true], [false, false, false], [false, false, false]]);
});

test('researchers neither create nor lead projects', () => {
  expect((['PARTNER', 'CONSULTANT', 'RESEARCHER'] as const).map((role) => canCreateProjects(as(role)))).toEqual([true, true, false]);
  expect((['PARTNER', 'CONSULTANT', 'RESEARCHER'] as const).map(canLead)).toEqual([true, true, false]);
});
