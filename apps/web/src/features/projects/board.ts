import type { BoardCandidacyFragment, ProjectBoardFragment } from '../../generated/graphql.ts';

export type BoardProject = ProjectBoardFragment;
export type Card = BoardCandidacyFragment;
export type BoardStage = BoardProject['stages'][number];

/** A stage with the candidates who stand in it, those who came last on top. */
export interface Column {
  stage: BoardStage;
  cards: readonly Card[];
}

/** The board as columns, in the order of the stages. */
export function columnsOf(project: Pick<BoardProject, 'stages' | 'candidacies'>): Column[] {
  const stages = [...project.stages].sort((a, b) => a.position - b.position);
  return stages.map((stage) => ({
    stage,
    cards: project.candidacies
      .filter((card) => card.stage.id === stage.id)
      .sort((a, b) => b.stageSince.localeCompare(a.stageSince) || b.id.localeCompare(a.id)),
  }));
}

/** Cards whose person, employer, title or tag holds every word of the search. */
export function matching(cards: readonly Card[], search: string): Card[] {
  const words = search.normalize('NFKC').toLowerCase().split(/\s+/).filter((word) => word !== '');
  return cards.filter((card) => {
    const { name, title, company, tags } = card.person;
    const text = [name, title, company?.name, ...tags].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The project as it will be once the card has moved: what the board shows before the server has answered. */
export function withMove<P extends Pick<BoardProject, 'candidacies'>>(project: P, candidacyId: string, stageId: string, at: Date): P {
  return {
    ...project,
    candidacies: project.candidacies.map((card) =>
      card.id === candidacyId ? { ...card, stage: { ...card.stage, id: stageId }, stageSince: at.toISOString() } : card,
    ),
  };
}

/** The project with one card as the server knows it. */
export function withCard<P extends Pick<BoardProject, 'candidacies'>>(project: P, card: Card): P {
  const known = project.candidacies.some(({ id }) => id === card.id);
  return {
    ...project,
    candidacies: known ? project.candidacies.map((old) => (old.id === card.id ? card : old)) : [...project.candidacies, card],
  };
}

/** The column beside, for moving by key: -1 to the left, 1 to the right; undefined at the edge. */
export function stageBeside(project: Pick<BoardProject, 'stages'>, stageId: string, step: -1 | 1): BoardStage | undefined {
  const stages = [...project.stages].sort((a, b) => a.position - b.position);
  const at = stages.findIndex((stage) => stage.id === stageId);
  return at < 0 ? undefined : stages[at + step];
}

/** The card that an arrow key leads to; sideways past empty columns, to the same height or the last one there. */
export function cardBeside(columns: readonly Column[], cardId: string, direction: 'up' | 'down' | 'left' | 'right'): Card | undefined {
  const at = columns.findIndex(({ cards }) => cards.some(({ id }) => id === cardId));
  const row = columns[at]?.cards.findIndex(({ id }) => id === cardId) ?? 0;
  if (direction === 'up') return columns[at]?.cards[row - 1];
  if (direction === 'down') return columns[at]?.cards[row + 1];
  const aside = direction === 'left' ? columns.slice(0, Math.max(at, 0)).reverse() : columns.slice(at + 1);
  const cards = aside.find((column) => column.cards.length > 0)?.cards ?? [];
  return cards[Math.min(row, cards.length - 1)];
}

/** Days after which a card in a stage that is under way has stood for long. */
const longDays = 7;

/** Whether somebody has been waiting for long. Who is placed or out of the search waits for nothing. */
export const standsLong = (days: number, kind: BoardStage['kind']): boolean => kind === 'ACTIVE' && days >= longDays;

/** Whole days that a card has stood in its stage. */
export const daysInStage = (card: Pick<Card, 'stageSince'>, now: number): number =>
  Math.max(0, Math.floor((now - new Date(card.stageSince).getTime()) / 86_400_000));
