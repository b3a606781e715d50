import { isBatonError, newId } from '@baton/base';
import { useQuery, useQueryClient } from '@tanstack/solid-query';
import type { Accessor } from 'solid-js';
import { InboxCandidacyDocument, InboxMoveCandidacyDocument, type InboxCandidacyQuery } from '../../../generated/graphql.ts';
import { queryKeys } from '../../../platform/graphql/queries.ts';
import { request } from '../../../platform/graphql/request.ts';
import { showToast } from '../../../ui/toast/toasts.ts';
import type { ConversationSummary } from '../../../session/contract.ts';
import { t } from '../inbox.messages.ts';

export type Candidacy = NonNullable<InboxCandidacyQuery['candidacy']>;
export type Stage = Candidacy['project']['stages'][number];

/** Under the person, so that a hint about them, their project or their conversation makes it stale. */
export const candidacyKey = (personId: string | null, candidacyId: string) => [queryKeys.person, personId ?? undefined, 'inbox', candidacyId] as const;

/** The candidate's record beside a thread, and the moves of their stage. The thread itself does without. */
export function createCandidacy(conversation: Accessor<ConversationSummary>) {
  const queries = useQueryClient();
  const key = () => candidacyKey(conversation().personId, conversation().candidacyId ?? '');
  const query = useQuery(() => ({
    queryKey: key(),
    queryFn: ({ signal }) => request(InboxCandidacyDocument, { id: conversation().candidacyId ?? '' }, { signal }),
    enabled: conversation().candidacyId !== null,
    // Another person's record must not stand beside this thread while its own loads.
    placeholderData: (): InboxCandidacyQuery | undefined => undefined,
    throwOnError: false,
    suspense: false,
  }));
  const candidacy = (): Candidacy | null => (query.isSuccess ? (query.data?.candidacy ?? null) : null);

  function put(change: (before: Candidacy) => Candidacy, at = key()): void {
    queries.setQueryData<InboxCandidacyQuery>(at, (data) => (data?.candidacy ? { ...data, candidacy: change(data.candidacy) } : data));
  }

  /** Moves at once; a colleague who was faster wins, and is told of. */
  async function move(to: Stage, mayUndo = true): Promise<void> {
    const before = candidacy();
    if (!before || before.stage.id === to.id) return;
    const [at, name] = [key(), before.person.name];
    const from = before.project.stages.find(({ id }) => id === before.stage.id);
    put((current) => ({ ...current, stage: to, stageSince: new Date().toISOString() }), at);
    try {
      const input = { eventId: newId('stageEvent'), candidacyId: before.id, fromStageId: before.stage.id, toStageId: to.id };
      const { moveCandidacy } = await request(InboxMoveCandidacyDocument, { input });
      const truth = moveCandidacy.candidacy;
      const [refusal] = moveCandidacy.userErrors;
      put((current) => ({ ...current, ...(truth ?? { stage: before.stage, stageSince: before.stageSince }) }), at);
      if (refusal) return void showToast(refusal.code === 'CONFLICT' && truth ? t('side.conflict', truth.stage.name) : t('side.notMoved'), { tone: 'bad' });
      void queries.invalidateQueries({ queryKey: [queryKeys.project] });
      const undo = from && mayUndo ? { action: { label: t('side.undo'), onAction: () => void move(from, false) } } : {};
      showToast(t('side.moved', name, to.name), undo);
    } catch (error) {
      if (!isBatonError(error)) console.error(error);
      put((current) => ({ ...current, stage: before.stage, stageSince: before.stageSince }), at);
      showToast(t('side.notMoved'), { tone: 'bad' });
    }
  }

  return { query, candidacy, put, move, stages: () => [...(candidacy()?.project.stages ?? [])].sort((a, b) => a.position - b.position) };
}

export type CandidacyModel = ReturnType<typeof createCandidacy>;
