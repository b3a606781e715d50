import { newId } from '@baton/base';
import { useQuery, useQueryClient } from '@tanstack/solid-query';
import { createMemo, createSignal, type Accessor } from 'solid-js';
import { MoveCandidacyDocument, ProjectDocument } from '../../generated/graphql.ts';
import { errorText, sentenceFor } from '../../platform/errors/errorText.ts';
import { answerOf, queryKeys } from '../../platform/graphql/queries.ts';
import { request } from '../../platform/graphql/request.ts';
import { showToast } from '../../ui/toast/toasts.ts';
import { columnsOf, matching, withCard, withMove, type BoardProject, type Card, type Column } from './board.ts';
import { t } from './projects.messages.ts';

export interface Board {
  /** Undefined while loading, null where there is none that the viewer may see. */
  project: Accessor<BoardProject | null | undefined>;
  /** Why there is nothing to show. */
  error: Accessor<unknown>;
  reload(): void;
  filter: Accessor<string>;
  setFilter(text: string): void;
  /** Columns with the cards that match the filter. */
  columns: Accessor<Column[]>;
  /** Moves a card at once and tells the server; shows a way back, and the truth where a colleague was faster. */
  move(card: Card, stageId: string, reason?: string): Promise<void>;
  /** Takes the server's word for a card or the whole project. */
  show(change: (project: BoardProject) => BoardProject): void;
}

/** State and actions of one project's board. */
export function createBoard(projectId: Accessor<string>): Board {
  const queries = useQueryClient();
  const answer = useQuery(() => ({
    queryKey: [queryKeys.project, projectId()],
    queryFn: async ({ signal }: { signal: AbortSignal }) => (await request(ProjectDocument, { id: projectId() }, { signal })).project,
    // Another project's cards must not stand here while this one's load.
    placeholderData: (): BoardProject | null | undefined => undefined,
  }));
  const [filter, setFilter] = createSignal('');
  const project = (): BoardProject | null | undefined => answerOf(answer);
  const columns = createMemo(() => {
    const shown = project();
    return shown ? columnsOf({ ...shown, candidacies: matching(shown.candidacies, filter()) }) : [];
  });
  const showAt = (id: string, change: (project: BoardProject) => BoardProject): void => {
    queries.setQueryData([queryKeys.project, id], (now: BoardProject | null | undefined) => now && change(now));
  };

  /** The last move of each card that is on its way. */
  const turns = new Map<string, Promise<void>>();
  /**
   * Moves of one card go out one after the other: each starts where the one before puts it. `eventId` stays the same when a
   * move is sent again: an answer may have been lost.
   */
  const move = async (card: Card, toStageId: string, reason?: string, eventId = newId('stageEvent')): Promise<void> => {
    const fromStageId = card.stage.id;
    if (fromStageId === toStageId) return;
    const id = projectId();
    const stageName = (stageId: string): string => project()?.stages.find((stage) => stage.id === stageId)?.name ?? '';
    const names = { card: card.person.name, to: stageName(toStageId) };
    // An answer that is on its way would put the card back for a moment.
    void queries.cancelQueries({ queryKey: [queryKeys.project, id] });
    showAt(id, (now) => withMove(now, card.id, toStageId, new Date()));
    const before = turns.get(card.id);
    const turn = Promise.withResolvers<void>();
    turns.set(card.id, turn.promise);
    await before;
    /** While the card is on its way further, the board shows where to. */
    const isLast = (): boolean => turns.get(card.id) === turn.promise;
    const showCard = (truth: Card): void => {
      if (isLast()) showAt(id, (now) => withCard(now, truth));
    };
    try {
      const { moveCandidacy } = await request(MoveCandidacyDocument, { input: { eventId, candidacyId: card.id, fromStageId, toStageId, reason: reason || null } });
      const { candidacy, userErrors } = moveCandidacy;
      const refusal = userErrors[0]?.code;
      showCard(candidacy ?? card);
      if (refusal === 'STAGE_CONFLICT' && candidacy) showToast(t('board.conflict', names.card, stageName(candidacy.stage.id)), { tone: 'bad' });
      else if (refusal) showToast(`${t('board.failed', names.card)} ${sentenceFor(refusal)}`, { tone: 'bad' });
      else if (candidacy) showToast(t('board.moved', names.card, names.to), { action: { label: t('undo'), onAction: () => void move(candidacy, fromStageId) } });
    } catch (error) {
      showCard(card);
      showToast(`${t('board.failed', names.card)} ${errorText(error)}`, { tone: 'bad', action: { label: t('retry'), onAction: () => void move(card, toStageId, reason, eventId) } });
    } finally {
      if (isLast()) turns.delete(card.id);
      turn.resolve();
    }
  };

  return {
    project,
    error: () => (answer.isError ? answer.error : undefined),
    reload: () => void answer.refetch(),
    filter, setFilter, columns, move,
    show: (change) => showAt(projectId(), change),
  };
}
