import { Show, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { TeamRow } from '../createInbox.ts';
import { t } from '../inbox.messages.ts';
import shareStyles from '../share/share.module.css';
import { PaneHead } from '../thread/PaneHead.tsx';
import styles from '../thread/thread-pane.module.css';
import type { ThreadSlot, ThreadSlotProps } from '../threadSlot.ts';
import { TeamMark } from './TeamMark.tsx';
import { TeamReaders } from './TeamPanel.tsx';

export interface TeamPaneProps {
  row: TeamRow;
  viewer: string;
  thread: ThreadSlot;
  /** How cards in the team's messages look. */
  cardFor?: ThreadSlotProps['cardFor'];
  backHref: string;
  noteTarget(conversationId: string): { name: string; href: string } | null;
  autofocus: boolean;
  detailsShown: boolean;
  onDetails(): void;
  onLeave(): void;
  control(focusComposer: () => void): void;
}

/** The room in which a project's team talks among itself. */
export function TeamPane(props: TeamPaneProps): JSX.Element {
  return (
    <section class={styles.pane} aria-label={props.row.name}>
      <PaneHead
        name={props.row.name}
        mark={<TeamMark size={36} />}
        readers={t('team.readers', props.row.teamRoom.team.length)}
        whoReads={<TeamReaders teamRoom={props.row.teamRoom} />}
        backHref={props.backHref}
        detailsShown={props.detailsShown}
        onDetails={() => props.onDetails()}
      >
        <Show when={props.row.typing} fallback={t('team.room')}>
          <span class={styles.typing}>{t('thread.typing')}</span>
        </Show>
      </PaneHead>
      <Dynamic
        component={props.thread}
        threadId={props.row.id}
        roomId={props.row.roomId}
        viewer={props.viewer}
        people={[...props.row.teamRoom.team, ...(props.row.teamRoom.formerTeam ?? [])]}
        to={t('team.to')}
        beginning={<p class={shareStyles['beginning']}>{t('team.beginning', props.row.name)}</p>}
        named
        autofocus={props.autofocus}
        cardFor={props.cardFor}
        noteTarget={(id) => props.noteTarget(id)}
        onLeave={() => props.onLeave()}
        control={(focus) => props.control(focus)}
      />
    </section>
  );
}
