import LockKeyhole from 'lucide-solid/icons/lock-keyhole';
import ShieldCheck from 'lucide-solid/icons/shield-check';
import { useQuery } from '@tanstack/solid-query';
import { createSignal, For, Match, Show, Switch, type JSX } from 'solid-js';
import { HandOverNamesDocument } from '../../generated/graphql.ts';
import { useClient } from '../../platform/client/clientContext.ts';
import { errorText } from '../../platform/errors/errorText.ts';
import { formatList } from '../../platform/i18n/format.ts';
import { answerOf, nothingMeanwhile, queryKeys } from '../../platform/graphql/queries.ts';
import { request } from '../../platform/graphql/request.ts';
import type { ProjectVaultView } from '../../session/contract.ts';
import { Avatar } from '../../ui/avatar/Avatar.tsx';
import { Badge } from '../../ui/badge/Badge.tsx';
import { Banner } from '../../ui/banner/Banner.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { RelativeTime } from '../../ui/relative-time/RelativeTime.tsx';
import { Sheet } from '../../ui/sheet/Sheet.tsx';
import { changeText } from './changeText.ts';
import { t } from './handover.messages.ts';
import styles from './readers.module.css';

/** How many of the team the line names; the rest are counted. */
const named = 3;

/**
 * Who reads a project, as its signed log says and this browser has checked: a line under the board, and behind it the team,
 * how often the key changed, and who did what when.
 */
export function ProjectReaders(props: { projectId: string }): JSX.Element {
  const client = useClient();
  const [open, setOpen] = createSignal(false);
  const read = async (projectId: string): Promise<ProjectVaultView | null> => {
    const known = await client.vault.project(projectId);
    if (known) return known;
    // Whoever may begin it does so without being asked.
    await client.vault.begin(projectId);
    return client.vault.project(projectId);
  };
  const vault = useQuery(() => ({ queryKey: [queryKeys.project, props.projectId, 'readers'], queryFn: () => read(props.projectId), placeholderData: nothingMeanwhile }));
  const firm = useQuery(() => ({ queryKey: [queryKeys.members, 'names'], queryFn: async () => (await request(HandOverNamesDocument)).viewer }));
  const nameOf = (id: string): string => answerOf(firm)?.organisation.members.find((member) => member.id === id)?.name ?? t('readers.unknown');
  const line = (view: ProjectVaultView): string => {
    const names = view.team.slice(0, named).map(({ accountId }) => nameOf(accountId));
    const rest = view.team.length - names.length;
    return t('readers.line', formatList(rest > 0 ? [...names, t('readers.more', rest)] : names));
  };
  const toShow = (): ProjectVaultView | undefined => (answerOf(firm) ? (answerOf(vault) ?? undefined) : undefined);
  return (
    <div class={styles['foot']}>
      <Switch fallback={<Quiet>{t('readers.checking')}</Quiet>}>
        <Match when={toShow()}>
          {(view) => (
            <>
              <button type="button" class={styles['line']} title={t('readers.title')} onClick={() => setOpen(true)}>
                <LockKeyhole size={13} aria-hidden="true" />
                <span class={styles['names']}>{line(view())}</span>
                <span class={styles['key']}>{t('readers.key', view().epoch - 1)}</span>
              </button>
              <Sheet open={open()} onClose={() => setOpen(false)} title={t('readers.title')} description={t('readers.text')}>
                <Readers view={view()} nameOf={nameOf} viewerId={answerOf(firm)?.account.id} />
              </Sheet>
            </>
          )}
        </Match>
        <Match when={vault.isError || firm.isError}>
          <Banner tone="warn" action={<Button size="small" onClick={() => void Promise.all([vault.refetch(), firm.refetch()])}>{t('retry')}</Button>}>
            {t('readers.failed')} {errorText(vault.error ?? firm.error)}
          </Banner>
        </Match>
        <Match when={answerOf(vault) === null}>
          <Quiet>{t('readers.none')}</Quiet>
        </Match>
      </Switch>
    </div>
  );
}

function Quiet(props: { children: JSX.Element }): JSX.Element {
  return (
    <p class={styles['line']}>
      <LockKeyhole size={13} aria-hidden="true" />
      <span class={styles['names']}>{props.children}</span>
    </p>
  );
}

function Readers(props: { view: ProjectVaultView; nameOf(accountId: string): string; viewerId: string | undefined }): JSX.Element {
  const team = (): ProjectVaultView['team'] => props.view.team.toSorted((a, b) => Number(b.role === 'lead') - Number(a.role === 'lead'));
  return (
    <div class={styles['readers']}>
      <section>
        <h3 class={styles['title']}>{t('readers.team')}</h3>
        <ul class={styles['team']}>
          <For each={team()}>
            {({ accountId, role }) => (
              <li class={styles['member']}>
                <Avatar name={props.nameOf(accountId)} id={accountId} size={28} />
                <span class={styles['name']}>
                  {props.nameOf(accountId)}
                  <Show when={accountId === props.viewerId}>
                    <span class={styles['quiet']}> · {t('readers.you')}</span>
                  </Show>
                </span>
                <Show when={role === 'lead'}>
                  <Badge tone="accent">{t('readers.lead')}</Badge>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </section>
      <section>
        <h3 class={styles['title']}>{t('readers.key', props.view.epoch - 1)}</h3>
        <p class={styles['quiet']}>{t('readers.keyHint')}</p>
      </section>
      <section>
        <h3 class={styles['title']}>{t('readers.history')}</h3>
        <ol class={styles['history']}>
          <For each={props.view.changes.toReversed()}>
            {(change) => (
              <li class={styles['event']}>
                <p>{changeText(change, (id) => props.nameOf(id))}</p>
                <p class={styles['quiet']}>
                  <RelativeTime at={change.at} />
                </p>
              </li>
            )}
          </For>
        </ol>
      </section>
      <p class={styles['verified']}>
        <ShieldCheck size={15} aria-hidden="true" />
        {t('readers.verified')}
      </p>
    </div>
  );
}
