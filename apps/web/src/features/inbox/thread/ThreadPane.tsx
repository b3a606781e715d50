import ChevronLeft from 'lucide-solid/icons/chevron-left';
import Lock from 'lucide-solid/icons/lock';
import PanelRight from 'lucide-solid/icons/panel-right';
import { Show, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { formatRelative } from '../../../platform/i18n/formatRelative.ts';
import { createMediaQuery, phoneQuery } from '../../../platform/media/createMediaQuery.ts';
import { Avatar } from '../../../ui/avatar/Avatar.tsx';
import { Banner } from '../../../ui/banner/Banner.tsx';
import { IconButton } from '../../../ui/icon-button/IconButton.tsx';
import { Link } from '../../../ui/link/Link.tsx';
import { Popover } from '../../../ui/popover/Popover.tsx';
import type { InboxRow } from '../createInbox.ts';
import { t } from '../inbox.messages.ts';
import { Readers } from '../side/Readers.tsx';
import type { ThreadSlot } from '../threadSlot.ts';
import { Beginning } from './Beginning.tsx';
import styles from './thread-pane.module.css';

export interface ThreadPaneProps {
  row: InboxRow;
  viewer: string;
  thread: ThreadSlot;
  backHref: string;
  autofocus: boolean;
  detailsShown: boolean;
  onDetails(): void;
  onLeave(): void;
  control(focusComposer: () => void): void;
}

/** One conversation of the inbox: who it is with, who can read it, and the thread. */
export function ThreadPane(props: ThreadPaneProps): JSX.Element {
  const conversation = () => props.row.conversation;
  // On a phone it is a page of its own, and this its heading.
  const isPage = createMediaQuery(phoneQuery);
  const people = () => [...conversation().team, ...(conversation().candidate ? [conversation().candidate!] : [])];
  const closed = () =>
    conversation().state === 'LEFT' ? t('thread.left', conversation().candidateName) : conversation().state === 'BLOCKED' ? t('thread.blocked', conversation().candidateName) : undefined;

  return (
    <section class={styles.pane} aria-label={conversation().candidateName}>
      <header class={styles.head}>
        <Link href={props.backHref} look="plain" class={styles.back} aria-label={t('thread.back')}>
          <ChevronLeft size={24} aria-hidden="true" />
        </Link>
        <span class={styles.avatar}>
          <Avatar name={conversation().candidateName} id={conversation().personId ?? conversation().conversationId} size={36} />
        </span>
        <div class={styles.who}>
          <Dynamic component={isPage() ? 'h1' : 'h2'}>{conversation().candidateName}</Dynamic>
          <p>
            <Show when={props.row.typing} fallback={conversation().projectName ?? conversation().about}>
              <span class={styles.typing}>{t('thread.typing')}</span>
            </Show>
          </p>
        </div>
        <Popover
          label={t('side.readers')}
          placement="bottom-end"
          trigger={(trigger) => (
            <button {...trigger} type="button" class={styles.pill} aria-label={t('thread.readers', conversation().team.length)}>
              <Lock size={14} aria-hidden="true" />
              <span>{t('thread.readers', conversation().team.length)}</span>
            </button>
          )}
        >
          <div class={styles.readers}>
            <Readers conversation={conversation()} />
          </div>
        </Popover>
        <IconButton label={t('thread.details')} shortcut="i" pressed={props.detailsShown} onClick={() => props.onDetails()}>
          <PanelRight size={18} />
        </IconButton>
      </header>
      <Show when={conversation().reportedAt}>
        {(at) => (
          <div class={styles.banner}>
            <Banner tone="warn">
              {t('thread.reported', conversation().candidateName, formatRelative(at(), Date.now()))}
              <Show when={conversation().invitation?.reportReason}>{(reason) => <q class={styles.reason}>{reason()}</q>}</Show>
            </Banner>
          </div>
        )}
      </Show>
      <Dynamic
        component={props.thread}
        threadId={conversation().conversationId}
        roomId={conversation().roomId}
        viewer={props.viewer}
        people={people()}
        to={conversation().candidateName}
        beginning={<Beginning conversation={conversation()} />}
        closed={closed()}
        autofocus={props.autofocus}
        onLeave={() => props.onLeave()}
        control={(focus) => props.control(focus)}
      />
    </section>
  );
}
