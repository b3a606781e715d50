import { describe, expect, it } from 'vitest';
import { columnsOf, daysInStage, matching, stageBeside, withCard, withMove, type BoardProject, type Card } from './board.ts';

const card = (id: string, stage: string, since: string, name = id): Card => ({
  id, stageSince: since, createdAt: since, stage: { id: stage }, conversation: null,
  person: { id: `per_${id}`, name, title: 'Controller', tags: ['cfo-ready'], company: { name: 'Amber' } },
});
const stage = (id: string, position: number): BoardProject['stages'][number] => ({ id, name: id, kind: 'ACTIVE', position });
const project = {
  stages: [stage('b', 1), stage('a', 0), stage('c', 2)],
  candidacies: [card('1', 'a', '2026-11-01T00:00:00Z'), card('2', 'a', '2026-11-03T00:00:00Z'), card('3', 'b', '2026-11-02T00:00:00Z')],
};
const shown = (of: Pick<BoardProject, 'stages' | 'candidacies'>): Record<string, string[]> =>
  Object.fromEntries(columnsOf(of).map((column) => [column.stage.id, column.cards.map(({ id }) => id)]));

describe('the board', () => {
  it('has the stages in their order, and who came last on top', () => {
    expect(shown(project)).toEqual({ a: ['2', '1'], b: ['3'], c: [] });
  });

  it('shows a move before the server has answered, on top of its new column', () => {
    expect(shown(withMove(project, '1', 'b', new Date('2026-11-20')))).toEqual({ a: ['2'], b: ['1', '3'], c: [] });
  });

  it('takes the server’s word for a card, known or new', () => {
    expect(shown(withCard(project, card('1', 'c', '2026-11-04T00:00:00Z')))).toEqual({ a: ['2'], b: ['3'], c: ['1'] });
    expect(shown(withCard(project, card('9', 'c', '2026-11-04T00:00:00Z')))['c']).toEqual(['9']);
  });

  it('finds the stage beside, and none beyond the edge', () => {
    expect(stageBeside(project, 'a', 1)?.id).toBe('b');
    expect(stageBeside(project, 'a', -1)).toBeUndefined();
    expect(stageBeside(project, 'c', 1)).toBeUndefined();
  });

  it('counts whole days in a stage', () => {
    expect(daysInStage(card('1', 'a', '2026-11-01T00:00:00Z'), Date.parse('2026-11-03T23:00:00Z'))).toBe(2);
  });

  it('is searched by every word, in any part of name, title, company and tags', () => {
    const cards = [card('1', 'a', '', 'Priya Shah'), card('2', 'a', '', '王思远')];
    expect(matching(cards, 'shah AMBER').map(({ id }) => id)).toEqual(['1']);
    expect(matching(cards, '思远').map(({ id }) => id)).toEqual(['2']);
    expect(matching(cards, '  ')).toHaveLength(2);
  });
});
