import type { OrganisationMember, ProjectState } from '@baton/vault';
import { expect, test } from 'vitest';
import { isToBeHandedOver } from './handOver.ts';

const members = Object.fromEntries(
  ['lena', 'tom', 'ruth', 'ana', 'old'].map((account) => [account, { identity: { role: account === 'ana' ? 'researcher' : 'consultant' }, revokedAt: account === 'old' ? '2026-01-01' : null } as unknown as OrganisationMember]),
);
type Handover = { from: string; to: string; actor?: string };

/** A project that these lead (or are on, in lower case: `-name`), after these handovers. */
const found = (roster: string[], handovers: Handover[] = [], gone: ProjectState['gone'] = {}): Pick<ProjectState, 'organisation' | 'roster' | 'gone' | 'changes'> => ({
  organisation: 'firm', gone,
  roster: roster.map((name) => ({ account: name.replace('-', ''), role: name.startsWith('-') ? 'member' : 'lead' })),
  changes: handovers.map(({ from, to, actor = 'ruth' }, seq) => ({ seq, at: '', actor, type: 'handover', came: [to], left: [from], from, to, epoch: seq + 2 })),
});
const ask = (roster: string[], to: string, handovers?: Handover[]) => () => isToBeHandedOver(found(roster, handovers), { members }, { from: 'lena', to });

test('from somebody on the team to a colleague who may lead', () => {
  expect(ask(['lena', 'ruth'], 'tom')()).toBe(true);
  expect(ask(['tom', '-lena'], 'ana')()).toBe(true);
});

test('from somebody whose account has ended, whose place the log remembers', () => {
  const from = (account: string, to: string, place: 'lead' | 'member') => () => isToBeHandedOver(found(['ruth'], [], { [account]: place }), { members }, { from: account, to });
  expect(from('old', 'tom', 'lead')()).toBe(true);
  expect(from('old', 'ana', 'member')()).toBe(true);
  expect(from('old', 'ana', 'lead')).toThrow(expect.objectContaining({ code: 'LEAD_ROLE' }));
  expect(from('lena', 'tom', 'lead')).toThrow(expect.objectContaining({ code: 'PREDECESSOR_NOT_ON_TEAM' }));
});

test('once it is done it is not to be done again', () => {
  expect(ask(['tom'], 'tom', [{ from: 'lena', to: 'tom' }])()).toBe(false);
});

test('who had it before and has it again may hand it over again', () => {
  expect(ask(['lena'], 'tom', [{ from: 'lena', to: 'tom' }, { from: 'tom', to: 'lena' }])()).toBe(true);
});

test('the second of two at once hears who was faster', () => {
  expect(ask(['ruth'], 'tom', [{ from: 'lena', to: 'ruth' }])).toThrow(expect.objectContaining({ code: 'ALREADY_HANDED_OVER', details: { by: 'ruth', to: 'ruth' } }));
  expect(ask(['ruth'], 'tom', [{ from: 'lena', to: 'ruth', actor: 'firm' }])).toThrow(expect.objectContaining({ details: { by: '', to: 'ruth' } }));
});

test.each([
  ['oneself', ['lena'], 'lena', 'HANDOVER_TO_SELF'],
  ['a colleague who has never signed in', ['lena'], 'new', 'UNKNOWN_MEMBER'],
  ['one who has left the firm', ['lena'], 'old', 'REVOKED_MEMBER'],
  ['a researcher who would have to lead', ['lena'], 'ana', 'LEAD_ROLE'],
  ['anybody, from somebody who was taken off the team', ['tom'], 'ruth', 'PREDECESSOR_NOT_ON_TEAM'],
])('to %s is refused', (_, roster, to, code) => {
  expect(ask(roster, to)).toThrow(expect.objectContaining({ code }));
});
