import { BatonError } from '@baton/base';
import { screen, waitFor, within } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createKeyboard } from '../../platform/actions/actions.ts';
import { answerRequests, type Asked } from '../../testing/answerRequests.ts';
import { renderWithClient } from '../../testing/renderWithClient.tsx';
import { Toaster } from '../../ui/toast/Toaster.tsx';
import { dismissToast, shownToasts } from '../../ui/toast/toasts.ts';
import { BoardPage } from './BoardPage.tsx';
import { sampleCard, sampleProject } from './testing.ts';

// Role queries over a whole board take their time on a busy machine.
vi.setConfig({ testTimeout: 20_000 });

interface MoveVariables {
  input: { eventId: string; candidacyId: string; fromStageId: string; toStageId: string; reason: string | null };
}

const names: Record<string, string> = { priya: 'Priya Shah', wang: '王思远', daniel: 'Daniel Roth' };
const accept = ({ input }: MoveVariables) => ({
  moveCandidacy: { candidacy: sampleCard(input.candidacyId, names[input.candidacyId]!, input.toStageId, { stageSince: new Date().toISOString() }), userErrors: [] },
});

async function show(move: (variables: MoveVariables) => unknown = accept): Promise<{ asked: Asked[]; path(): string }> {
  const asked = answerRequests({ Project: { project: sampleProject() }, MoveCandidacy: move });
  const { path } = renderWithClient(() => {
    createKeyboard();
    return (
      <>
        <BoardPage />
        <Toaster />
      </>
    );
  });
  await screen.findByText('Priya Shah');
  return { asked, path };
}

const column = (name: RegExp): HTMLElement => screen.getByRole('region', { name });
const card = (name: RegExp): HTMLElement => screen.getByRole('listitem', { name });
const moves = (asked: Asked[]): unknown[] => asked.filter(({ name }) => name === 'MoveCandidacy').map(({ variables }) => variables['input']);
const inColumn = (stage: RegExp, name: string): Promise<HTMLElement> => waitFor(() => within(column(stage)).getByText(name));

afterEach(() => {
  vi.unstubAllGlobals();
  for (const { id } of shownToasts()) dismissToast(id);
});

describe('the keys of a board', () => {
  test('arrows go through the cards, to the side at the same height or the last one there', async () => {
    await show();
    card(/^Priya Shah/).focus();
    await userEvent.keyboard('{ArrowDown}');
    expect(document.activeElement).toBe(card(/^王思远/));
    await userEvent.keyboard('{ArrowRight}');
    expect(document.activeElement).toBe(card(/^Daniel Roth/));
    await userEvent.keyboard('{ArrowLeft}{ArrowUp}');
    expect(document.activeElement).toBe(card(/^Priya Shah/));
  });

  test('Shift with an arrow moves the card, and the focus goes with it', async () => {
    const { asked } = await show();
    card(/^Priya Shah/).focus();
    await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}');
    await inColumn(/^Interview/, 'Priya Shah');
    await waitFor(() => expect(document.activeElement).toBe(card(/^Priya Shah/)));
    expect(moves(asked)).toEqual([expect.objectContaining({ candidacyId: 'priya', fromStageId: 'sourced', toStageId: 'interview', reason: null })]);
  });

  test('M opens “Move to…”, Enter the record', async () => {
    const { path } = await show();
    card(/^Priya Shah/).focus();
    await userEvent.keyboard('m');
    expect(await screen.findByRole('menuitem', { name: /^Interview/ })).toBeTruthy();
    await userEvent.keyboard('{Escape}');
    card(/^Priya Shah/).focus();
    await userEvent.keyboard('{Enter}');
    expect(path()).toBe('/people/per_priya');
  });

  test('/ goes to the filter, the arrow from there to the first card, C adds somebody', async () => {
    await show();
    await userEvent.keyboard('/');
    expect(document.activeElement).toBe(screen.getByRole('searchbox', { name: 'Filter cards' }));
    await userEvent.keyboard('daniel{ArrowDown}');
    expect(document.activeElement).toBe(card(/^Daniel Roth/));
    expect(screen.queryByText('Priya Shah')).toBeNull();
    await userEvent.keyboard('c');
    expect(await screen.findByRole('dialog', { name: 'Add a candidate' })).toBeTruthy();
  });
});

describe('a move', () => {
  const moveByMenu = async (stage: RegExp): Promise<void> => {
    await userEvent.click(screen.getByRole('button', { name: 'Actions for Priya Shah' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: stage }));
  };

  test('is shown before the server has answered, and can be undone', async () => {
    let answer: () => void = () => {};
    const { asked } = await show(async (variables) => {
      await new Promise<void>((resolve) => (answer = resolve));
      return accept(variables);
    });
    await moveByMenu(/^Interview/);
    await inColumn(/^Interview/, 'Priya Shah');
    expect(screen.queryByText('Priya Shah → Interview')).toBeNull();
    answer();
    await userEvent.click(await screen.findByText('Undo', {}, { timeout: 4000 }));
    await inColumn(/^Sourced/, 'Priya Shah');
    expect(moves(asked)[1]).toMatchObject({ fromStageId: 'interview', toStageId: 'sourced' });
  });

  test('waits for the one before it, and the card stays where it was moved last', async () => {
    const answers: (() => void)[] = [];
    const { asked } = await show(async (variables) => {
      await new Promise<void>((resolve) => answers.push(resolve));
      return accept(variables);
    });
    card(/^Priya Shah/).focus();
    await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}');
    await inColumn(/^Interview/, 'Priya Shah');
    await userEvent.keyboard('{Shift>}{ArrowLeft}{/Shift}');
    await inColumn(/^Sourced/, 'Priya Shah');
    expect(moves(asked)).toHaveLength(1);
    answers[0]?.();
    await waitFor(() => expect(moves(asked)).toHaveLength(2));
    expect(within(column(/^Sourced/)).getByText('Priya Shah')).toBeTruthy();
    answers[1]?.();
    expect(await screen.findByText('Priya Shah → Sourced')).toBeTruthy();
    expect(moves(asked)[1]).toMatchObject({ fromStageId: 'interview', toStageId: 'sourced' });
  });

  test('gives way to a colleague who was faster, and says so', async () => {
    await show(() => ({ moveCandidacy: { candidacy: sampleCard('priya', 'Priya Shah', 'declined'), userErrors: [{ field: null, code: 'STAGE_CONFLICT', message: '' }] } }));
    await moveByMenu(/^Interview/);
    expect(await screen.findByText('A colleague was faster: Priya Shah is in Declined now.')).toBeTruthy();
    await inColumn(/^Declined/, 'Priya Shah');
  });

  test('that fails goes back, and is the same move when it is tried again', async () => {
    let tries = 0;
    const { asked } = await show((variables) => {
      if (tries++ === 0) throw new BatonError('INTERNAL');
      return accept(variables);
    });
    await moveByMenu(/^Interview/);
    expect(await screen.findByText(/^Priya Shah could not be moved\./)).toBeTruthy();
    await inColumn(/^Sourced/, 'Priya Shah');
    await userEvent.click(await screen.findByText('Try again', {}, { timeout: 4000 }));
    await inColumn(/^Interview/, 'Priya Shah');
    const [first, second] = moves(asked) as { eventId: string }[];
    expect(second?.eventId).toBe(first?.eventId);
  });

  test('out of the search asks why; Enter without a word moves too', async () => {
    const { asked } = await show();
    await moveByMenu(/^Declined/);
    const dialog = await screen.findByRole('dialog', { name: 'Move Priya Shah to Declined' });
    expect(moves(asked)).toEqual([]);
    await userEvent.type(within(dialog).getByRole('textbox', { name: /^Reason/ }), 'Wants to stay in Hamburg{Enter}');
    await inColumn(/^Declined/, 'Priya Shah');
    expect(moves(asked)).toEqual([expect.objectContaining({ toStageId: 'declined', reason: 'Wants to stay in Hamburg' })]);
  });

  test('out of the search can be thought over', async () => {
    const { asked } = await show();
    await moveByMenu(/^Declined/);
    await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Cancel' }));
    expect(within(column(/^Sourced/)).getByText('Priya Shah')).toBeTruthy();
    expect(moves(asked)).toEqual([]);
  });
});

test('a project that one may not see says so', async () => {
  answerRequests({ Project: { project: null } });
  renderWithClient(BoardPage);
  expect(await screen.findByText('This project does not exist, or you are not on its team.')).toBeTruthy();
});

test('what could not be loaded can be loaded again', async () => {
  let fails = true;
  answerRequests({
    Project: () => {
      if (fails) throw new BatonError('INTERNAL');
      return { project: sampleProject() };
    },
  });
  renderWithClient(BoardPage);
  expect(await screen.findByRole('alert')).toBeTruthy();
  fails = false;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('Priya Shah')).toBeTruthy();
});
