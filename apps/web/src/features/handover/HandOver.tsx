import { useQueryClient } from '@tanstack/solid-query';
import { createEffect, createSignal, on, onCleanup, Show, type JSX } from 'solid-js';
import { HandOverCoverageDocument } from '../../generated/graphql.ts';
import { useClient, useViewer } from '../../platform/client/clientContext.ts';
import { queryKeys } from '../../platform/graphql/queries.ts';
import { request } from '../../platform/graphql/request.ts';
import { untilBack } from '../../platform/offline/untilBack.ts';
import { askBeforeLeaving } from '../../platform/page/askBeforeLeaving.ts';
import { showToast } from '../../ui/toast/toasts.ts';
import type { Named } from './brief/brief.ts';
import { leaveBrief } from './brief/leaveBrief.ts';
import { ChooseDialog } from './ChooseDialog.tsx';
import { t } from './handover.messages.ts';
import { startHandOver, type HandOverRun, type Order } from './handOverRun.ts';
import { ProgressDialog, summaryOf } from './ProgressDialog.tsx';
import { forgetWish, handOverWish, isUnderWay, rememberUnderWay } from './wish.ts';

/** A project that one is not on any more says nothing about itself. */
const missingKeys = async (id: string): Promise<number> => {
  const coverage = (await request(HandOverCoverageDocument, { id })).project?.vault?.coverage;
  return coverage ? coverage.sessions - coverage.deposited : 0;
};

/**
 * Carries out what pages wish for with `askToHandOver`. It lives as long as somebody is signed in, so that a handover goes
 * on while its dialog is closed and on other pages; leaving the site meanwhile is asked about.
 */
export function HandOver(): JSX.Element {
  const client = useClient();
  const viewer = useViewer();
  const queries = useQueryClient();
  const [work, setWork] = createSignal<{ order: Order; run: HandOverRun }>();
  const [watched, setWatched] = createSignal(true);

  // Followed from now on: who waits for an answer is known when a brief is written.
  void [client.conversations.list, client.messaging.rooms].map((known) => known.current());
  let keeping: Promise<void> = Promise.resolve();
  const keep = (order: Order | null): void => {
    rememberUnderWay(order !== null);
    // In the order in which it was said. What could not be kept is done all the same.
    keeping = keeping.then(() => client.vault.keepHandOver(order)).catch(() => undefined);
  };
  const begin = (order: Order): void => {
    const by = { id: viewer()?.accountId ?? '', name: viewer()?.name ?? '' };
    const [from, to] = [order.from, order.to].map(({ id, name }) => ({ id, name })) as [Named, Named];
    const tell = ({ id: projectId, mid }: { id: string; mid: string }, holder: string) => leaveBrief({ client, projectId, from, holder, to, by, words: order.words, mid });
    setWork({ order, run: startHandOver({ vault: client.vault, order, tell, missingKeys, keep, pause: untilBack }) });
    setWatched(true);
  };
  const goOn = async (): Promise<void> => {
    const order = await client.vault.keptHandOver();
    if (order === null) return void rememberUnderWay(false);
    if (work()) return;
    begin(order);
    setWatched(false);
    showToast(t('run.resumed', order.from.name, order.to.name), { action: { label: t('run.show'), onAction: () => void setWatched(true) } });
  };
  if (isUnderWay()) void goOn().catch(() => undefined);
  const close = (): void => {
    if (work()?.run.isOver() ?? true) {
      setWork();
      forgetWish();
    } else setWatched(false);
  };
  // Whoever asks for another one is shown what is under way.
  createEffect(on(handOverWish, (wish) => wish && setWatched(true)));
  createEffect(() => {
    const now = work();
    if (!now) return;
    const show = { label: t('run.show'), onAction: () => void setWatched(true) };
    if (now.run.isOver()) {
      void queries.invalidateQueries({ queryKey: [queryKeys.projects] });
      for (const { id } of now.order.projects) void queries.invalidateQueries({ queryKey: [queryKeys.project, id] });
      if (!watched()) showToast(summaryOf(now.order, now.run), { action: show });
    } else if (now.run.kitWanted()?.tried === false && !watched()) showToast(t('run.wordsNeeded'), { action: show });
  });
  askBeforeLeaving(() => work()?.run.isOver() === false);
  onCleanup(() => {
    work()?.run.stop();
    forgetWish();
  });

  return (
    <Show
      when={work()}
      fallback={<Show when={handOverWish()}>{(wish) => <ChooseDialog wish={wish()} viewerId={viewer()?.accountId ?? ''} onOrder={begin} onClose={close} />}</Show>}
    >
      {(now) => <ProgressDialog open={watched()} order={now().order} run={now().run} onClose={close} />}
    </Show>
  );
}
