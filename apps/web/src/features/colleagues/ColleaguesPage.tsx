import ArrowRightLeft from 'lucide-solid/icons/arrow-right-left';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import LogOut from 'lucide-solid/icons/log-out';
import UserPlus from 'lucide-solid/icons/user-plus';
import UserX from 'lucide-solid/icons/user-x';
import { createSignal, For, Match, Show, Switch, type JSX } from 'solid-js';
import { createActions } from '../../platform/actions/actions.ts';
import { useClient, useViewer } from '../../platform/client/clientContext.ts';
import { errorText } from '../../platform/errors/errorText.ts';
import { Page, Section } from '../../platform/page/Page.tsx';
import { Avatar } from '../../ui/avatar/Avatar.tsx';
import { Badge } from '../../ui/badge/Badge.tsx';
import { Banner } from '../../ui/banner/Banner.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { Dialog } from '../../ui/dialog/Dialog.tsx';
import { EmptyState } from '../../ui/empty-state/EmptyState.tsx';
import { IconButton } from '../../ui/icon-button/IconButton.tsx';
import { Menu } from '../../ui/menu/Menu.tsx';
import { RelativeTime } from '../../ui/relative-time/RelativeTime.tsx';
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import { t } from './colleagues.messages.ts';
import styles from './colleagues.module.css';
import { createColleagues, type Colleague, type ColleagueInvitation } from './createColleagues.ts';
import { InviteDialog } from './InviteDialog.tsx';

/** Who works at the firm. Partners invite, hand over what somebody works on, sign somebody out everywhere, and let somebody go. */
export function ColleaguesPage(props: { onHandOver?(from: string): void }): JSX.Element {
  const client = useClient();
  const viewer = useViewer();
  const colleagues = createColleagues();
  const [inviting, setInviting] = createSignal(false);
  const [known, setKnown] = createSignal<{ name: string; link: string }>();
  const [ending, setEnding] = createSignal<Colleague>();
  const [leaving, setLeaving] = createSignal<Colleague>();

  const invite = (): void => {
    setKnown(undefined);
    setInviting(true);
  };
  createActions(() => (colleagues.isPartner() ? [{ id: 'invite', label: t('invite'), group: t('title'), icon: UserPlus, keys: 'c', act: invite }] : []));

  const showLink = async (invitation: ColleagueInvitation): Promise<void> => {
    try {
      const link = await client.conversations.linkOf(invitation.id);
      if (link === null) {
        showToast(t('noLink'));
        return;
      }
      setKnown({ name: invitation.inviteeName, link });
      setInviting(true);
    } catch (error) {
      showToast(errorText(error), { tone: 'bad' });
    }
  };

  const row = (member: Colleague): JSX.Element => (
    <li class={styles['row']}>
      <Avatar name={member.name} id={member.id} size={36} />
      <div class={styles['who']}>
        <span class={styles['name']}>
          {member.name}
          <Show when={member.id === viewer()?.accountId}>
            <span class={styles['you']}> · {t('you')}</span>
          </Show>
        </span>
        <span class={styles['quiet']}>{member.email}</span>
      </div>
      <span class={styles['seen']}>
        <Show when={member.endedAt} fallback={<Show when={member.lastSeenAt} fallback={t('never')}>{(at) => <RelativeTime at={at()} />}</Show>}>
          {(at) => (
            <>
              {t('left')} <RelativeTime at={at()} />
            </>
          )}
        </Show>
        <Show when={member.endedAt === null && member.sessionCount !== null}>
          <span class={styles['quiet']}>{member.sessionCount ? t('browsers', member.sessionCount) : t('noBrowsers')}</span>
        </Show>
      </span>
      <Badge tone={member.role === 'PARTNER' ? 'accent' : 'neutral'}>{t(`role.${member.role}`)}</Badge>
      <span class={styles['menu']}>
        <Show when={colleagues.isPartner()}>
          <Menu
            placement="bottom-end"
            trigger={(trigger) => (
              <IconButton {...trigger} size="small" label={t('actions', member.name)}>
                <Ellipsis />
              </IconButton>
            )}
            entries={[
              { label: t('handOver'), icon: <ArrowRightLeft />, onSelect: () => props.onHandOver?.(member.id) },
              ...(member.endedAt === null && member.id !== viewer()?.accountId
                ? [
                    { label: t('endSessions'), icon: <LogOut />, danger: true, disabled: !member.sessionCount, onSelect: () => setEnding(member) },
                    { label: t('letGo.action'), icon: <UserX />, danger: true, onSelect: () => setLeaving(member) },
                  ]
                : []),
            ]}
          />
        </Show>
      </span>
    </li>
  );

  return (
    <Page
      title={t('title')}
      lead={t('lead', colleagues.firmName())}
      actions={
        <Show when={colleagues.isPartner()}>
          <Button variant="primary" icon={<UserPlus />} onClick={invite}>
            {t('invite')}
          </Button>
        </Show>
      }
    >
      <Switch>
        <Match when={colleagues.firm.isError}>
          <Banner tone="bad" action={<Button size="small" onClick={() => void colleagues.firm.refetch()}>{t('again')}</Button>}>
            {t('failed')} {errorText(colleagues.firm.error)}
          </Banner>
        </Match>
        <Match when={colleagues.firm.isPending}>
          <div class={styles['list']}>
            <For each={[1, 2, 3]}>
              {() => (
                <div class={styles['row']}>
                  <Skeleton width="36px" height="36px" round />
                  <Skeleton width="220px" />
                </div>
              )}
            </For>
          </div>
        </Match>
        <Match when={colleagues.firm.isSuccess}>
          <ul class={styles['list']}>
            <For each={colleagues.present()}>{row}</For>
          </ul>
          <Show when={colleagues.present().length === 1 && colleagues.isPartner() && colleagues.open().length === 0}>
            <EmptyState icon={<UserPlus />} title={t('alone')} action={<Button shortcut="c" onClick={invite}>{t('invite')}</Button>} />
          </Show>
          <Show when={colleagues.open().length > 0}>
            <Section title={t('open')} hint={t('openHint')}>
              <ul>
                <For each={colleagues.open()}>
                  {(invitation) => (
                    <li class={styles['row']}>
                      <Avatar name={invitation.inviteeName} id={invitation.id} size={36} />
                      <div class={styles['who']}>
                        <span class={styles['name']}>{invitation.inviteeName}</span>
                        <span class={styles['quiet']}>{t('invitedBy', invitation.inviter.name)}</span>
                      </div>
                      <span class={styles['seen']}>
                        <span>
                          {t('expires')} <RelativeTime at={invitation.expiresAt} />
                        </span>
                      </span>
                      <Badge>{t(`role.${invitation.role ?? 'RESEARCHER'}`)}</Badge>
                      <span class={styles['buttons']}>
                        <Show when={invitation.inviter.id === viewer()?.accountId}>
                          <Button size="small" onClick={() => void showLink(invitation)}>
                            {t('showLink')}
                          </Button>
                        </Show>
                        <Button size="small" variant="quiet" onClick={() => colleagues.revoke.mutate(invitation)}>
                          {t('revoke')}
                        </Button>
                      </span>
                    </li>
                  )}
                </For>
              </ul>
            </Section>
          </Show>
          <Show when={colleagues.gone().length > 0}>
            <Section title={t('gone')}>
              <ul class={styles['gone']}>
                <For each={colleagues.gone()}>{row}</For>
              </ul>
            </Section>
          </Show>
        </Match>
      </Switch>
      <InviteDialog open={inviting()} known={known()} onClose={() => setInviting(false)} onInvited={colleagues.refreshInvitations} />
      <Dialog
        open={ending() !== undefined}
        onClose={() => setEnding(undefined)}
        size="small"
        title={t('endTitle', ending()?.name ?? '')}
        description={t('endText')}
        footer={
          <>
            <Button onClick={() => setEnding(undefined)}>{t('cancel')}</Button>
            <Button
              variant="danger"
              busy={colleagues.endSessions.isPending}
              onClick={() => colleagues.endSessions.mutate(ending()!, { onSettled: () => setEnding(undefined) })}
            >
              {t('endSessions')}
            </Button>
          </>
        }
      />
      <Dialog
        open={leaving() !== undefined}
        onClose={() => setLeaving(undefined)}
        size="small"
        title={t('letGo.title', leaving()?.name ?? '')}
        description={t('letGo.text')}
        footer={
          <>
            <Button
              onClick={() => {
                const { id } = leaving()!;
                setLeaving(undefined);
                props.onHandOver?.(id);
              }}
            >
              {t('letGo.handOver')}
            </Button>
            <Button variant="danger" busy={colleagues.letGo.isPending} onClick={() => colleagues.letGo.mutate(leaving()!, { onSettled: () => setLeaving(undefined) })}>
              {t('letGo.confirm')}
            </Button>
          </>
        }
      >
        <p class={styles['projects']}>{t('letGo.projects')}</p>
      </Dialog>
    </Page>
  );
}
