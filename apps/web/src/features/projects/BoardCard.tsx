import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import MessageCircle from 'lucide-solid/icons/message-circle';
import { createSignal, onCleanup, onMount, Show, type JSX } from 'solid-js';
import { Avatar } from '../../ui/avatar/Avatar.tsx';
import { IconButton } from '../../ui/icon-button/IconButton.tsx';
import { Menu, type MenuEntry } from '../../ui/menu/Menu.tsx';
import { daysInStage, standsLong, type BoardStage, type Card } from './board.ts';
import styles from './board.module.css';
import { t } from './projects.messages.ts';

interface BoardCardProps {
  card: Card;
  stage: BoardStage;
  /** The one card that Tab reaches. */
  focused: boolean;
  menu: readonly MenuEntry[];
  menuOpen: boolean;
  onMenuOpen(open: boolean): void;
  onFocus(): void;
  onOpen(): void;
}

/** A candidate on the board. Dragged by pointer; everything that dragging does is in its menu and under keys too. */
export function BoardCard(props: BoardCardProps): JSX.Element {
  let element!: HTMLLIElement;
  const [dragging, setDragging] = createSignal(false);
  onMount(() =>
    onCleanup(
      draggable({
        element,
        getInitialData: () => ({ candidacyId: props.card.id }),
        onDragStart: () => setDragging(true),
        onDrop: () => setDragging(false),
      }),
    ),
  );
  const person = (): Card['person'] => props.card.person;
  const work = (): string => [person().title, person().company?.name].filter(Boolean).join(' · ');
  const days = (): number => daysInStage(props.card, Date.now());
  const thread = (): string => (props.card.conversation ? t(`board.thread.${props.card.conversation.state}`) : '');
  return (
    <li
      ref={element}
      class={styles['card']}
      classList={{ [styles['dragging']!]: dragging() }}
      data-card={props.card.id}
      tabindex={props.focused ? 0 : -1}
      aria-label={[person().name, work(), t('board.daysLong', days()), thread()].filter(Boolean).join(', ')}
      onFocus={() => props.onFocus()}
    >
      <Avatar name={person().name} id={person().id} size={28} />
      <div class={styles['words']}>
        <button type="button" class={styles['name']} tabindex={-1} title={person().name} onClick={() => props.onOpen()}>
          {person().name}
        </button>
        <Show when={work()}>
          <p class={styles['work']}>{work()}</p>
        </Show>
        <p class={styles['foot']}>
          <span classList={{ [styles['long']!]: standsLong(days(), props.stage.kind) }} title={t('board.daysLong', days())}>
            {t('board.days', days())}
          </span>
          <Show when={props.card.conversation}>
            {(conversation) => (
              <span class={styles['thread']} data-state={conversation().state} title={thread()}>
                <MessageCircle size={12} aria-hidden="true" />
                {t(`board.threadShort.${conversation().state}`)}
              </span>
            )}
          </Show>
          <Show when={person().tags[0]}>
            {(tag) => (
              <span class={styles['tag']} title={person().tags.join(', ')}>
                {tag()}
              </span>
            )}
          </Show>
          <Show when={person().tags.length > 1}>
            <span title={person().tags.slice(1).join(', ')}>+{person().tags.length - 1}</span>
          </Show>
        </p>
      </div>
      <Menu
        entries={props.menu}
        placement="bottom-end"
        open={props.menuOpen}
        onOpenChange={(open) => props.onMenuOpen(open)}
        trigger={(trigger) => (
          <IconButton {...trigger} size="small" class={styles['more']!} label={t('board.menu', person().name)} tabindex={-1}>
            <Ellipsis />
          </IconButton>
        )}
      />
    </li>
  );
}
