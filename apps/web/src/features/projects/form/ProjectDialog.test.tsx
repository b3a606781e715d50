import { BatonError } from '@baton/base';
import { screen, waitFor } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { loadAllErrors } from '../../../platform/errors/errorText.ts';
import { answerRequests, type Asked } from '../../../testing/answerRequests.ts';
import { renderWithClient } from '../../../testing/renderWithClient.tsx';
import type { BoardProject } from '../board.ts';
import type { VaultCommands } from '../../../session/contract.ts';
import { sampleProject } from '../testing.ts';
import { ProjectDialog } from './ProjectDialog.tsx';

const staff = { viewer: { account: { id: 'acc_mei' }, role: 'PARTNER', organisation: { id: 'org_1', members: [{ id: 'acc_mei', name: 'Mei Lin', role: 'PARTNER', endedAt: null }, { id: 'acc_ana', name: 'Ana Costa', role: 'RESEARCHER', endedAt: null }] } } };
const refusal = (code: string, field: string | null = null) => ({ field, code, message: '' });

async function show(answers: Record<string, unknown>, project?: BoardProject, vault: Partial<VaultCommands> = {}): Promise<{ asked: Asked[]; saved: BoardProject[]; closed: () => number }> {
  await loadAllErrors();
  const asked = answerRequests({ ProjectStaff: staff, CompanyCompletion: { companies: [] }, ...answers } as never);
  const saved: BoardProject[] = [];
  const close = vi.fn();
  renderWithClient(() => <ProjectDialog open {...(project ? { project } : {})} onClose={close} onSaved={(next) => saved.push(next)} />, { vault });
  await screen.findByRole('dialog');
  return { asked, saved, closed: () => close.mock.calls.length };
}
const field = (name: string): HTMLInputElement => screen.getByRole('textbox', { name });
const inputs = (asked: Asked[], name: string): unknown[] => asked.filter((one) => one.name === name).map(({ variables }) => variables['input']);

afterEach(() => vi.unstubAllGlobals());

test('a refusal stands beside its field, and what was written stays', async () => {
  const { closed } = await show({ CreateProject: { createProject: { project: null, userErrors: [refusal('REQUIRED', 'clientName'), refusal('TOO_LONG', 'name')] } } });
  await userEvent.type(field('Role'), 'Chief Financial Officer');
  await userEvent.click(screen.getByRole('button', { name: 'Create project' }));
  expect(await screen.findByText('Fill this in.')).toBeTruthy();
  expect(field('Role').getAttribute('aria-invalid')).toBe('true');
  expect(field('Role').value).toBe('Chief Financial Officer');
  expect(closed()).toBe(0);
});

test('a change goes with the version that it began with', async () => {
  const project = sampleProject();
  const { asked, saved, closed } = await show({ UpdateProject: { updateProject: { project: { ...project, name: 'Group CFO', version: 8 }, userErrors: [] } } }, project);
  await userEvent.clear(field('Role'));
  await userEvent.type(field('Role'), 'Group CFO');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(closed()).toBe(1));
  expect(inputs(asked, 'UpdateProject')).toEqual([expect.objectContaining({ expectedVersion: 7, name: 'Group CFO', clientName: 'Northwind' })]);
  expect(saved[0]?.version).toBe(8);
});

test('a colleague’s changes are taken in, one’s own are kept, and the next save goes through', async () => {
  const project = sampleProject();
  const fresh = { ...project, publicTitle: 'CFO in Hamburg', version: 9 };
  const answers = [{ project: fresh, userErrors: [refusal('STALE_VERSION')] }, { project: { ...fresh, version: 10 }, userErrors: [] }];
  const { asked, closed } = await show({ UpdateProject: () => ({ updateProject: answers.shift() }) }, project);
  await userEvent.type(field('Role'), ' (m/f)');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText(/^A colleague changed this project meanwhile/)).toBeTruthy();
  expect(field('Role').value).toBe('Chief Financial Officer (m/f)');
  expect(field('How candidates are told').value).toBe('CFO in Hamburg');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(closed()).toBe(1));
  expect(inputs(asked, 'UpdateProject')[1]).toMatchObject({ expectedVersion: 9, name: 'Chief Financial Officer (m/f)', publicTitle: 'CFO in Hamburg' });
});

test('a refused team keeps the dialog open, and what was saved before is not sent as old', async () => {
  const project = sampleProject();
  const { asked, closed } = await show(
    {
      UpdateProject: { updateProject: { project: { ...project, version: 8 }, userErrors: [] } },
    },
    project,
    { setTeam: () => Promise.reject(new BatonError('LEAD_MISSING')) },
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Remove Mei Lin' }));
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('A project needs a lead. Make somebody the lead first.')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(inputs(asked, 'UpdateProject')).toHaveLength(2));
  expect(inputs(asked, 'UpdateProject')[1]).toMatchObject({ expectedVersion: 8 });
  expect(closed()).toBe(0);
});

test('stages are named, moved and removed', async () => {
  const project = sampleProject();
  const { asked } = await show({ UpdateProject: { updateProject: { project: null, userErrors: [refusal('STAGE_IN_USE', 'stages')] } } }, project);
  await userEvent.click(screen.getByRole('button', { name: 'Move Interview up' }));
  await userEvent.click(screen.getByRole('button', { name: 'Remove Declined' }));
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('There are candidates in this stage. Move them first.')).toBeTruthy();
  expect(inputs(asked, 'UpdateProject')[0]).toMatchObject({ stages: [{ id: 'interview' }, { id: 'sourced' }] });
});
