import { isId, newUuid } from '@baton/base';
import Hourglass from 'lucide-solid/icons/hourglass';
import KeyRound from 'lucide-solid/icons/key-round';
import { useQuery } from '@tanstack/solid-query';
import { createMemo, createSignal, For, Match, Show, Switch, type JSX } from 'solid-js';
import { HandOverInvitedDocument, HandOverScopeDocument } from '../../generated/graphql.ts';
import { useClient, useViewer } from '../../platform/client/clientContext.ts';
import { errorText } from '../../platform/errors/errorText.ts';
import { answerOf, queryKeys } from '../../platform/graphql/queries.ts';
import { request } from '../../platform/graphql/request.ts';
import { formatList } from '../../platform/i18n/format.ts';
import { formatSpan } from '../../platform/i18n/formatRelative.ts';
import { fromSubscribable } from '../../platform/subscribable/fromSubscribable.ts';
import type { HandOverPerson } from '../../session/contract.ts';
import { Badge } from '../../ui/badge/Badge.tsx';
import { Banner } from '../../ui/banner/Banner.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { Contents, Excluded, Included } from '../../ui/contents/Contents.tsx';
import { Select } from '../../ui/select/Select.tsx';
import { Sheet } from '../../ui/sheet/Sheet.tsx';
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx';
import { TextArea } from '../../ui/text-area/TextArea.tsx';
import { openPromisesOf, overdueIn } from './brief/promises.ts';
import { t as promised } from './brief/promises.messages.ts';
import { PromiseList } from './brief/PromiseList.tsx';
import { waitsIn } from './brief/waits.ts';
import { t } from './handover.messages.ts';
import styles from './handover.module.css';
import type { Order } from './handOverRun.ts';
import { closedTo, goodsOf, invitedColleagues, likelyPredecessor, projectsOf, successorsOf, unbegun, waitingIn, type Colleague, type ScopeProject } from './scope.ts';
import type { Wish } from './wish.ts';

interface ChooseDialogProps {
  wish: Wish;
  viewerId: string;
  onOrder(order: Order): void;
  onClose(): void;
}

/** What is handed over by whom to whom, and what that means. */
export function ChooseDialog(props: ChooseDialogProps): JSX.Element {
  const scope = useQuery(() => ({ queryKey: [queryKeys.projects, 'hand over'], queryFn: () => request(HandOverScopeDocument), staleTime: 0 }));
  const viewer = useViewer();
  // Only partners invite, and see who is invited.
  const invited = useQuery(() => ({ queryKey: [queryKeys.invitations, 'hand over'], queryFn: () => request(HandOverInvitedDocument), enabled: viewer()?.role === 'PARTNER' }));
  const colleagues = (): readonly Colleague[] => [...(answerOf(scope)?.viewer?.organisation.members ?? []), ...invitedColleagues(answerOf(invited)?.colleagueInvitations ?? [])];
  const colleague = (id: string): Colleague | undefined => colleagues().find((one) => one.id === id);
  const ofColleague = (): string | undefined => ('from' in props.wish ? props.wish.from : undefined);
  const offered = createMemo((): readonly ScopeProject[] => {
    const all = answerOf(scope)?.projects ?? [];
    const { wish } = props;
    return 'from' in wish ? projectsOf(all, wish.from) : all.filter(({ id, can }) => id === wish.projectId && can.edit);
  });
  const [left, setLeft] = createSignal<ReadonlySet<string>>(new Set());
  const chosen = (): readonly ScopeProject[] => offered().filter(({ id }) => !left().has(id));
  const [chosenFrom, setChosenFrom] = createSignal<string>();
  const from = (): string => ofColleague() ?? chosenFrom() ?? (offered()[0] ? likelyPredecessor(offered()[0]!, colleagues(), props.viewerId) : '');
  const [chosenTo, setTo] = createSignal('');
  const successors = (): ReturnType<typeof successorsOf> => successorsOf(chosen(), colleagues(), from());
  const to = (): string => (successors().some(({ colleague: { id }, mayLead }) => id === chosenTo() && mayLead) ? chosenTo() : '');
  const [words, setWords] = createSignal('');
  const [tried, setTried] = createSignal(false);
  const isAwaited = (): boolean => isId('invitation', to());
  const [takenAway, setTakenAway] = createSignal(false);
  /** Whose own key does not open a project takes it with the recovery words, or nobody could hand it on later. */
  const goesThroughViewer = (): boolean => isAwaited() && from() !== props.viewerId && (takenAway() || closed() > 0);
  const goods = createMemo(() => goodsOf(chosen()));
  const client = useClient();
  const [conversations, rooms] = [fromSubscribable(client.conversations.list), fromSubscribable(client.messaging.rooms)];
  /** Undefined where this browser does not know all of the threads: then it is the successor's that says. */
  const waits = createMemo(() => waitingIn(chosen(), waitsIn(conversations(), rooms())));
  const promises = createMemo(() => openPromisesOf(chosen()));
  const closed = (): number => closedTo(chosen(), props.viewerId).length;
  const keyless = (): number => unbegun(chosen(), props.viewerId).length;
  const nameOf = (id: string): string => {
    const found = colleague(id);
    return found?.endedAt ? `${found.name} (${t('left')})` : (found?.name ?? '');
  };

  const title = (): string => {
    const name = colleague(ofColleague() ?? '')?.name;
    if (name !== undefined) return t('titleFrom', name);
    return offered()[0] ? t('titleOf', offered()[0]!.name) : t('title');
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    const [predecessor, successor] = [colleague(from()), colleague(to())];
    if (!predecessor || !successor || chosen().length === 0) return;
    props.onOrder({ projects: chosen().map(({ id, name }) => ({ id, name, mid: newUuid(), isDone: false })), from: personOf(predecessor), to: personOf(successor), words: words().trim(), through: goesThroughViewer() ? props.viewerId : null });
  };
  const toggle = (id: string, taken: boolean): void => {
    const next = new Set(left());
    if (taken) next.delete(id);
    else next.add(id);
    setLeft(next);
  };

  const choices = (): JSX.Element => (
    <form id="hand-over" class={styles['form']} onSubmit={submit} noValidate>
      <Show when={ofColleague()}>
        <fieldset class={styles['projects']}>
          <legend class={styles['legend']}>{t('projects')}</legend>
          <For each={offered()}>
            {(project) => (
              <label class={styles['project']}>
                <input type="checkbox" checked={!left().has(project.id)} onChange={(event) => toggle(project.id, event.currentTarget.checked)} />
                <span class={styles['words']}>
                  <span class={styles['name']}>
                    {project.name} <span class={styles['quiet']}>{project.client.name}</span>
                  </span>
                  <span class={styles['quiet']}>
                    {t('counts', project.candidacies.length, goodsOf([project]).threads)} · {t(`role.${project.members.find(({ member }) => member.id === from())?.role ?? 'MEMBER'}`)}
                  </span>
                </span>
                <Show when={project.archivedAt}>
                  <Badge>{t('archived')}</Badge>
                </Show>
              </label>
            )}
          </For>
          <p class={styles['error']} role="alert">
            {tried() && chosen().length === 0 ? t('missing.projects') : ''}
          </p>
        </fieldset>
      </Show>
      <div class={styles['pair']}>
        <Show when={!ofColleague()}>
          <Select
            label={t('from')}
            value={from()}
            options={(offered()[0]?.members ?? []).map(({ member }) => ({ value: member.id, label: nameOf(member.id) }))}
            onChange={setChosenFrom}
          />
        </Show>
        <Select
          label={t('to')}
          value={to()}
          error={tried() && to() === '' ? t('missing.to') : undefined}
          options={[
            { value: '', label: t('choose') },
            ...successors().map(({ colleague: { id, name }, mayLead }) => ({ value: id, label: !mayLead ? `${name} (${t('mayNotLead')})` : isId('invitation', id) ? `${name} (${t('notYet')})` : name, disabled: !mayLead })),
          ]}
          onChange={setTo}
        />
      </div>
      <Show when={isAwaited()}>
        <Banner icon={<Hourglass />}>
          <p>{t('awaited.text', colleague(to())?.name ?? '')}</p>
          <Show when={from() !== props.viewerId}>
            <label class={styles['choice']}>
              <input type="checkbox" checked={goesThroughViewer()} disabled={closed() > 0} onChange={(event) => setTakenAway(event.currentTarget.checked)} />
              <span>
                {t('awaited.take', colleague(from())?.name ?? t('predecessor'))}{' '}
                <span class={styles['quiet']}>{closed() > 0 ? t('awaited.closed', colleague(to())?.name ?? '') : t('awaited.hint', colleague(to())?.name ?? '')}</span>
              </span>
            </label>
          </Show>
        </Banner>
      </Show>
      <Show when={successors().length === 0}>
        <Banner tone="warn">{t('noColleague')}</Banner>
      </Show>
      <Contents
        within={t('along')}
        included={
          <>
            <Included>{t('threads', goods().threads)}</Included>
            <Show when={waits()}>
              {(known) => (
                <Included>
                  <Show when={known().length > 0} fallback={t('nobodyWaits')}>
                    {t('waiting', known().length, formatSpan(known()[0]!.since, Date.now()))}
                    <span class={styles['waiting']}>{formatList(firstNames(known().map(({ name }) => name)))}</span>
                  </Show>
                </Included>
              )}
            </Show>
            <Show when={promises().length > 0}>
              <Included>
                {promised('count', promises().length, overdueIn(promises(), Date.now()))}
                {/* Aside: what was chosen here stays. */}
                <PromiseList promises={promises()} named={named} aside />
              </Included>
            </Show>
            <Included>
              {t('candidates', goods().candidates)}
              <Show when={goods().stages.length > 0}>
                <span class={styles['stages']}>
                  <For each={goods().stages}>
                    {({ name, count }) => (
                      <span class={styles['stage']}>
                        {name} <b>{count}</b>
                      </span>
                    )}
                  </For>
                </span>
              </Show>
            </Included>
            <Included>{t('notes')}</Included>
            <Included>{t('room', chosen().length)}</Included>
          </>
        }
        without={t('stays')}
        excluded={
          <>
            <Excluded>{t('staysRead', colleague(from())?.name ?? t('predecessor'))}</Excluded>
            <Excluded>{t('staysOther')}</Excluded>
            <Excluded>{t('staysAccount')}</Excluded>
          </>
        }
      />
      <TextArea label={t('reason')} optional hint={closed() > 0 ? t('reasonHintKit') : t('reasonHint')} rows={1} maxLength={1000} value={words()} onValue={setWords} />
      <Show when={keyless() > 0}>
        <Banner icon={<KeyRound />}>{t('unbegun', keyless(), colleague(from())?.name ?? t('predecessor'))}</Banner>
      </Show>
      <Show when={closed() > 0}>
        <Banner icon={<KeyRound />}>{t('needsKit', closed())}</Banner>
      </Show>
    </form>
  );

  return (
    <Sheet
      open
      size="wide"
      onClose={() => props.onClose()}
      title={title()}
      description={t('lead')}
      footer={
        <>
          <Button onClick={() => props.onClose()}>{t('cancel')}</Button>
          <Show when={offered().length > 0}>
            <Button variant="primary" type="submit" form="hand-over">
              {t('submit', Math.max(1, chosen().length))}
            </Button>
          </Show>
        </>
      }
    >
      <Switch fallback={<Skeleton height="240px" />}>
        <Match when={scope.isError}>
          <Banner tone="bad" action={<Button size="small" onClick={() => void scope.refetch()}>{t('retry')}</Button>}>
            {errorText(scope.error)}
          </Banner>
        </Match>
        <Match when={offered().length > 0}>{choices()}</Match>
        <Match when={answerOf(scope)}>
          <p class={styles['quiet']}>{ofColleague() ? t('nothing', nameOf(ofColleague()!)) : t('notHere')}</p>
        </Match>
      </Switch>
    </Sheet>
  );
}

/** Of many only the first are named. */
const named = 3;
const firstNames = (names: readonly string[]): string[] => (names.length > named + 1 ? [...names.slice(0, named), t('more', names.length - named)] : [...names]);

const personOf = ({ id, name, email }: Colleague): HandOverPerson => ({ id, name, email });
