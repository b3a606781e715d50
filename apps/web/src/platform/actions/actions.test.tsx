import { render, screen } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { createSignal, Show, type JSX } from 'solid-js';
import { afterEach, expect, test, vi } from 'vitest';
import { singleKeys } from '../preferences/preferences.ts';
import { createActions, createKeyboard, currentActions } from './actions.ts';
import { chordOf } from './chords.ts';

const [open, next] = [vi.fn(), vi.fn()];
afterEach(() => {
  open.mockClear();
  next.mockClear();
  singleKeys.set('on');
});

function Page(): JSX.Element {
  createKeyboard();
  createActions(() => [
    { id: 'menu', label: 'Open menu', group: 'General', keys: 'Mod+k', act: open },
    { id: 'next', label: 'Next', group: 'List', keys: 'j', act: next },
    { id: 'inbox', label: 'Inbox', group: 'Go', keys: 'g i', act: open },
  ]);
  return <input aria-label="Write" />;
}

test('letters and chords act', async () => {
  render(() => <Page />);
  await userEvent.keyboard('j');
  expect(next).toHaveBeenCalledOnce();
  await userEvent.keyboard('{Control>}k{/Control}');
  expect(open).toHaveBeenCalledOnce();
});

test('a sequence acts on its last key', async () => {
  render(() => <Page />);
  await userEvent.keyboard('gi');
  expect(open).toHaveBeenCalledOnce();
});

test('letters are letters while one writes; chords still act', async () => {
  render(() => <Page />);
  await userEvent.type(screen.getByRole('textbox'), 'jj');
  expect(next).not.toHaveBeenCalled();
  await userEvent.keyboard('{Control>}k{/Control}');
  expect(open).toHaveBeenCalledOnce();
});

test('letters can be switched off, chords stay', async () => {
  singleKeys.set('off');
  render(() => <Page />);
  await userEvent.keyboard('j{Control>}k{/Control}');
  expect(next).not.toHaveBeenCalled();
  expect(open).toHaveBeenCalledOnce();
});

test('a view’s actions go with it, and while it is there its keys win', async () => {
  const inner = vi.fn();
  const [shown, show] = createSignal(true);
  function Inner(): JSX.Element {
    createActions(() => [{ id: 'inner', label: 'Inner', group: 'List', keys: 'j', act: inner }]);
    return null;
  }
  render(() => (
    <>
      <Page />
      <Show when={shown()}>
        <Inner />
      </Show>
    </>
  ));
  await userEvent.keyboard('j');
  expect([inner.mock.calls.length, next.mock.calls.length]).toEqual([1, 0]);
  show(false);
  expect(currentActions().map((action) => action.id)).toEqual(['menu', 'next', 'inbox']);
  await userEvent.keyboard('j');
  expect(next).toHaveBeenCalledOnce();
});

const unpressed = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

test.each([
  [{ key: '?', shiftKey: true }, '?'],
  [{ key: 'K', ctrlKey: true, shiftKey: true }, 'Mod+Shift+k'],
  [{ key: 'Enter', shiftKey: true }, 'Shift+Enter'],
  [{ key: 'Shift', shiftKey: true }, undefined],
])('%o is %s', (press, chord) => {
  expect(chordOf({ ...unpressed, ...press })).toBe(chord);
});
