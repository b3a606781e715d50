import { Show, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { formatRelative } from '../../../platform/i18n/formatRelative.ts';
import { Avatar } from '../../../ui/avatar/Avatar.tsx';
import { Banner } from '../../../ui/banner/Banner.tsx';
import type { CandidateRow } from '../createInbox.ts';
import { t } from '../inbox.messages.ts';
import { Readers } from '../side/Readers.tsx';
import type { ThreadSlot } from '../threadSlot.ts';
import { Beginning } from './Beginning.tsx';
import { PaneHead } from './PaneHead.tsx';
import styles from './thread-pane.module.css';

export interface ThreadPaneProps {
  row: CandidateRow;
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
  const people = () => [...conversation().team, ...(conversation().candidate ? [conversation().candidate!] : []), ...conversation().formerly];
  const closed = () =>
    conversation().state === 'LEFT' ? t('thread.left', conversation().candidateName) : conversation().state === 'BLOCKED' ? t('thread.blocked', conversation().candidateName) : undefined;

  return (
    <section class={styles.pane} aria-label={conversation().candidateName}>
      <PaneHead
        name={props.row.name}
        mark={<Avatar name={props.row.name} id={conversation().personId ?? props.row.id} size={36} />}
        readers={t('thread.readers', conversation().team.length)}
        whoReads={<Readers conversation={conversation()} />}
        backHref={props.backHref}
        detailsShown={props.detailsShown}
        onDetails={() => props.onDetails()}
      >
        <Show when={props.row.typing} fallback={conversation().projectName ?? conversation().about}>
          <span class={styles.typing}>{t('thread.typing')}</span>
        </Show>
      </PaneHead>
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
