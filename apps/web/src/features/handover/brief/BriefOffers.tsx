import ArrowRightLeft from 'lucide-solid/icons/arrow-right-left';
import X from 'lucide-solid/icons/x';
import { useQuery } from '@tanstack/solid-query';
import { createMemo, createSignal, For, lazy, Match, Show, Suspense, Switch, type JSX } from 'solid-js';
import { HandOverNamesDocument } from '../../../generated/graphql.ts';
import { useClient, useStatus, useViewer } from '../../../platform/client/clientContext.ts';
import { errorText } from '../../../platform/errors/errorText.ts';
import { answerOf, queryKeys } from '../../../platform/graphql/queries.ts';
import { request } from '../../../platform/graphql/request.ts';
import { fromSubscribable } from '../../../platform/subscribable/fromSubscribable.ts';
import type { TakenOver } from '../../../session/contract.ts';
import { Banner } from '../../../ui/banner/Banner.tsx';
import { Button } from '../../../ui/button/Button.tsx';
import { IconButton } from '../../../ui/icon-button/IconButton.tsx';
import { Link } from '../../../ui/link/Link.tsx';
import { RelativeTime } from '../../../ui/relative-time/RelativeTime.tsx';
import { Sheet } from '../../../ui/sheet/Sheet.tsx';
import { Skeleton } from '../../../ui/skeleton/Skeleton.tsx';
import { t } from './brief.messages.ts';
import styles from './brief.module.css';
import { createBrief } from './createBrief.ts';
import { isPutAway, putAway } from './dismissed.ts';

// Loaded with the first brief that is opened: the inbox does not wait for it.
const BriefCard = lazy(async () => ({ default: (await import('./BriefCard.tsx')).BriefCard }));

/** How many stand there at first. */
const shown = 2;

/**
 * What the viewer has taken over and not put away: a line each, which opens its brief. Of one project, or of all. Nothing at all
 * where there is nothing.
 */
export function BriefOffers(props: { projectId?: string | undefined }): JSX.Element {
  const client = useClient();
  const viewer = useViewer();
  const status = useStatus();
  const rooms = fromSubscribable(client.conversations.teamRooms);
  const accountId = (): string => viewer()?.accountId ?? '';
  const isReady = (): boolean => {
    const now = status();
    return now.phase === 'signed-in' && now.messaging === 'ready';
  };
  const taken = useQuery(() => ({
    queryKey: [queryKeys.takenOver, accountId(), rooms().map(({ roomId }) => roomId).join()],
    queryFn: () => client.vault.takenOver(),
    enabled: isReady() && rooms().length > 0,
  }));
  const offers = createMemo((): TakenOver[] =>
    (answerOf(taken) ?? []).filter(({ projectId, seq }) => (props.projectId === undefined || projectId === props.projectId) && !isPutAway({ accountId: accountId(), projectId, seq })),
  );
  const firm = useQuery(() => ({ queryKey: [queryKeys.members, 'names'], queryFn: async () => (await request(HandOverNamesDocument)).viewer, enabled: offers().length > 0 }));
  const nameOf = (id: string): string => answerOf(firm)?.organisation.members.find((member) => member.id === id)?.name ?? '';
  const [all, setAll] = createSignal(false);
  const [open, setOpen] = createSignal<TakenOver>();
  const visible = (): TakenOver[] => (all() ? offers() : offers().slice(0, shown));
  return (
    <>
      <Show when={offers().length > 0 && answerOf(firm)}>
        <section class={styles['offers']} aria-label={t('offers')}>
          <For each={visible()}>
            {(offer) => (
              <div class={styles['offer']}>
                <span class={styles['mark']} aria-hidden="true">
                  <ArrowRightLeft size={14} />
                </span>
                <div class={styles['offerText']}>
                  <p>{nameOf(offer.from) === '' ? t('offerOfKit', offer.projectName) : t('offer', nameOf(offer.from), offer.projectName)}</p>
                  <p class={styles['quiet']}>
                    <button type="button" class={styles['more']} onClick={() => setOpen(offer)}>
                      {t('read')}
                    </button>{' '}
                    · <RelativeTime at={offer.at} />
                  </p>
                </div>
                <IconButton size="small" label={t('dismiss', offer.projectName)} onClick={() => putAway({ accountId: accountId(), ...offer })}>
                  <X size={14} />
                </IconButton>
              </div>
            )}
          </For>
          <Show when={offers().length > visible().length}>
            <button type="button" class={styles['more']} onClick={() => setAll(true)}>
              {t('moreOffers', offers().length - visible().length)}
            </button>
          </Show>
        </section>
      </Show>
      <Show when={open()} keyed>
        {(offer) => <BriefSheet taken={offer} viewer={{ id: accountId(), name: viewer()?.name ?? '' }} nameOf={nameOf} onClose={() => setOpen()} />}
      </Show>
    </>
  );
}

function BriefSheet(props: { taken: TakenOver; viewer: { id: string; name: string }; nameOf(accountId: string): string; onClose(): void }): JSX.Element {
  const found = createBrief(props.taken, props.viewer, (id) => props.nameOf(id));
  return (
    <Sheet
      open
      size="wide"
      onClose={() => props.onClose()}
      title={t('title')}
      footer={
        <>
          <Link look="button" href={`/inbox/${props.taken.projectId}`} onClick={() => props.onClose()}>
            {t('room')}
          </Link>
          <Button variant="primary" onClick={() => props.onClose()}>
            {t('close')}
          </Button>
        </>
      }
    >
      <Switch fallback={<Skeleton height="320px" />}>
        <Match when={found.brief()}>
          {(known) => (
            <div onClick={(event) => (event.target as Element).closest('a') && props.onClose()}>
              <Suspense fallback={<Skeleton height="320px" />}>
                <BriefCard brief={known().brief} foot={known().isLeft ? undefined : t('made')} />
              </Suspense>
            </div>
          )}
        </Match>
        <Match when={found.error() || found.brief() === null}>
          <Banner tone="warn" action={<Button size="small" onClick={() => found.retry()}>{t('retry')}</Button>}>
            {t('failed')} {found.error() ? errorText(found.error()) : ''}
          </Banner>
        </Match>
      </Switch>
    </Sheet>
  );
}
