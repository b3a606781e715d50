import { describe, expect, test, vi } from 'vitest';
import type { ConversationSummary } from '../../session/contract.ts';
import { findThings } from './findThings.ts';
import { rankActions } from './rankActions.ts';

const conversation = (candidateName: string, projectName: string): ConversationSummary =>
  ({ conversationId: `con_${candidateName}`, candidateName, projectName, about: `${projectName} in Hamburg` }) as ConversationSummary;
const known = [conversation('Priya Shah', 'Treasurer'), conversation('王小明', 'CFO')];
const labels = (typed: string) => rankActions(findThings(typed, known, () => {}), typed).map(({ label }) => label);

describe('findThings', () => {
  test('finds a conversation by name, project and what it is about, all words at once', () => {
    expect(labels('shah')[0]).toBe('Priya Shah · Treasurer');
    expect(labels('小明')[0]).toBe('王小明 · CFO');
    expect(labels('hamburg pri')[0]).toBe('Priya Shah · Treasurer');
  });

  test('always offers to look among people, last', () => {
    expect(labels('hamburg').at(-1)).toBe('Search people for “hamburg”');
    expect(labels('zzz')).toEqual(['Search people for “zzz”']);
    const open = vi.fn();
    findThings('a & b', known, open)[0]!.act();
    expect(open).toHaveBeenCalledWith('/people?q=a%20%26%20b');
  });

  test('finds nothing for nothing', () => {
    expect(findThings('  ', known, () => {})).toEqual([]);
  });
});
