import CircleAlert from 'lucide-solid/icons/circle-alert';
import Link2 from 'lucide-solid/icons/link-2';
import { Match, Show, Switch, type JSX } from 'solid-js';
import { Avatar } from '../../../ui/avatar/Avatar.tsx';
import { Badge } from '../../../ui/badge/Badge.tsx';
import { DeliveryMark } from '../../../ui/delivery-mark/DeliveryMark.tsx';
import { Link } from '../../../ui/link/Link.tsx';
import { RelativeTime } from '../../../ui/relative-time/RelativeTime.tsx';
import { visuallyHidden } from '../../../ui/visually-hidden/visuallyHidden.ts';
import type { Arrival, InboxRow } from '../createInbox.ts';
import { t } from '../inbox.messages.ts';
import { TeamMark } from '../team/TeamMark.tsx';
import styles from './list.module.css';

export interface ConversationRowProps {
  row: InboxRow;
  href: string;
  selected: boolean;
  tabindex: number;
  onPress(): void;
  onFocus(): void;
  setLink(element: HTMLAnchorElement): void;
}

/** One conversation in the list: who, when, what was said last, and what needs a look. */
export function ConversationRow(props: ConversationRowProps): JSX.Element {
  const candidate = () => (props.row.kind === 'candidate' ? props.row : null);
  const gone = () => {
    const now = candidate()?.conversation.state;
    return now === 'LEFT' ? 'left' : now === 'BLOCKED' ? 'blocked' : null;
  };
  const isGone = () => gone() !== null;
  const state = (): Exclude<Arrival, null> | 'left' | 'blocked' | null => candidate()?.arrival ?? gone();
  return (
    <Link
      href={props.href}
      look="plain"
      class={styles.row}
      classList={{ [styles.unread!]: props.row.unread > 0, [styles.gone!]: isGone() }}
      aria-current={props.selected ? 'page' : undefined}
      tabindex={props.tabindex}
      onClick={() => props.onPress()}
      onFocus={() => props.onFocus()}
      ref={(element: HTMLAnchorElement) => props.setLink(element)}
    >
      <span class={styles.avatar}>
        <Show when={candidate()} fallback={<TeamMark size={40} />}>
          {(row) => <Avatar name={row().name} id={row().conversation.personId ?? row().id} size={40} />}
        </Show>
      </span>
      <span class={styles.name}>
        {props.row.name}
        <Show when={candidate() === null ? t('team.mark') : candidate()?.project}>{(which) => <span class={styles.project}> · {which()}</span>}</Show>
      </span>
      <Show when={props.row.at} fallback={<span />}>
        {(at) => <RelativeTime class={styles.time!} at={at()} style="column" />}
      </Show>
      <Preview row={props.row} />
      <span class={styles.mark}>
        <Switch>
          <Match when={props.row.failed}>
            <span class={styles.failed} role="img" aria-label={t('row.failed')} title={t('row.failed')}>
              <CircleAlert size={16} aria-hidden="true" />
            </span>
          </Match>
          <Match when={props.row.unread > 0}>
            <Badge tone="count" label={t('row.unread', props.row.unread)}>
              {props.row.unread > 99 ? '99+' : props.row.unread}
            </Badge>
          </Match>
          <Match when={props.row.last?.mine && props.row.last.status}>{(status) => <DeliveryMark state={status()} label={t(`row.status.${status()}`)} />}</Match>
        </Switch>
      </span>
      <Show when={state()}>
        {(shown) => (
          <span class={styles.state} data-state={shown()}>
            <Show when={!isGone()}>
              <Link2 size={13} aria-hidden="true" />
            </Show>
            {t(`row.${shown()}`)}
          </span>
        )}
      </Show>
    </Link>
  );
}

function Preview(props: { row: InboxRow }): JSX.Element {
  // Of a candidate's thread the row's name says it.
  const writer = () => {
    const name = props.row.kind === 'team' && props.row.teamRoom.team.find(({ mxid }) => mxid === props.row.last?.sender)?.name;
    return name ? t('row.who', name) : null;
  };
  return (
    <span class={styles.preview}>
      <Switch fallback={<span class={styles.nothing}>{t('row.nothing')}</span>}>
        <Match when={props.row.typing}>
          <span class={styles.typing}>{t('row.typing')}</span>
        </Match>
        <Match when={props.row.draft}>
          {(draft) => (
            <>
              <span class={styles.draft}>{t('row.draft')}</span>
              {draft()}
            </>
          )}
        </Match>
        <Match when={props.row.last}>
          {(last) => (
            <>
              <Show when={last().mine ? t('row.you') : writer()}>{(who) => <span class={styles.you}>{who()}</span>}</Show>
              {last().body}
            </>
          )}
        </Match>
      </Switch>
      <span class={visuallyHidden}> · </span>
    </span>
  );
}
