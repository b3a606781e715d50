import { expect, test } from 'vitest';
import type { Action } from '../../platform/actions/actions.ts';
import { groupActions, rankActions } from './rankActions.ts';

const action = (label: string, group: string, keywords?: string): Action => ({ id: label, label, group, act: () => {}, ...(keywords ? { keywords } : {}) });
const actions = [action('Inbox', 'Go'), action('Settings', 'Go', 'preferences'), action('Invite a colleague', 'Team'), action('Dark theme', 'Look')];
const labels = (typed: string): string[] => rankActions(actions, typed).map((found) => found.label);

test('nothing typed shows all, as they come', () => {
  expect(labels('')).toEqual(['Inbox', 'Settings', 'Invite a colleague', 'Dark theme']);
});

test('a start beats a word’s start, which beats letters in order', () => {
  expect(labels('in')).toEqual(['Inbox', 'Settings', 'Invite a colleague']);
  expect(labels('the')).toEqual(['Dark theme']);
  expect(labels('dkt')).toEqual(['Dark theme']);
});

test('other words find it too, and nonsense nothing', () => {
  expect(labels('pref')).toEqual(['Settings']);
  expect(labels('zzz')).toEqual([]);
});

test('groups keep together', () => {
  expect(groupActions(rankActions(actions, 'in')).map(([group]) => group)).toEqual(['Go', 'Team']);
});
