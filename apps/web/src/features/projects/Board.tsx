import { monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { autoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/element';
import { useNavigate } from '@solidjs/router';
import { createEffect, createMemo, createSignal, Index, on, onCleanup, onMount, type JSX } from 'solid-js';
import type { MenuEntry } from '../../ui/menu/Menu.tsx';
import { visuallyHidden } from '../../ui/visually-hidden/visuallyHidden.ts';
import { cardBeside, stageBeside, type BoardProject, type BoardStage, type Card } from './board.ts';
import { BoardCard } from './BoardCard.tsx';
import { BoardColumn } from './BoardColumn.tsx';
import styles from './board.module.css';
import type { Board as BoardState } from './createBoard.ts';
import { t } from './projects.messages.ts';
import { ReasonDialog, type Closing } from './ReasonDialog.tsx';

interface BoardProps {
  project: BoardProject;
  board: BoardState;
  onHistory(card: Card): void;
  /** Takes what the page may ask of the board. */
  control(given: { focusFirst(): void }): void;
}

/** The stages side by side. Cards move by drag, by menu (M) and by key (Shift with an arrow). */
export function Board(props: BoardProps): JSX.Element {
  const navigate = useNavigate();
  const [focused, setFocused] = createSignal<string>();
  const [menuOf, setMenuOf] = createSignal<string>();
  const [closing, setClosing] = createSignal<Closing>();
  let scroller!: HTMLDivElement;
  /** The card whose element is drawn anew in another column while it has the focus. */
  let following: string | undefined;
  let hasFocus = false;
  const cards = createMemo(() => props.board.columns().flatMap((column) => column.cards));
  const cardOf = (id: string | undefined): Card | undefined => cards().find((card) => card.id === id);
  /** Tab reaches the card that had the focus last, or the first one. */
  const reachable = createMemo(() => cardOf(focused())?.id ?? cards()[0]?.id);
  const totalOf = (stageId: string): number => props.project.candidacies.filter(({ stage }) => stage.id === stageId).length;

  const focus = (id: string | undefined): void => {
    if (id !== undefined) scroller.querySelector<HTMLElement>(`[data-card="${id}"]`)?.focus();
  };
  onMount(() => {
    props.control({ focusFirst: () => focus(cards()[0]?.id) });
    const endMonitor = monitorForElements({
      onDrop: ({ source, location }) => {
        const card = cardOf(source.data['candidacyId'] as string);
        const stage = props.project.stages.find(({ id }) => id === location.current.dropTargets[0]?.data['stageId']);
        if (card && stage) moveTo(card, stage);
      },
    });
    const endScroll = autoScrollForElements({ element: scroller });
    onCleanup(() => {
      endMonitor();
      endScroll();
    });
  });
  createEffect(
    on(cards, () => {
      // The server's word draws a card anew too, and takes the focus out of the document with the old one.
      const lost = hasFocus && document.activeElement === document.body;
      if (following !== undefined || lost) focus(following ?? focused());
      following = undefined;
    }),
  );

  const follow = (card: Card, stage: BoardStage, reason?: string): void => {
    following = card.id;
    setFocused(card.id);
    void props.board.move(card, stage.id, reason);
    // Whatever asked for the move gives the focus back to where it was opened, which is gone by then.
    requestAnimationFrame(() => focus(card.id));
  };
  const moveTo = (card: Card, stage: BoardStage): void => {
    if (stage.id === card.stage.id) return;
    if (stage.kind === 'CLOSED') setClosing({ card, stage });
    else follow(card, stage);
  };
  const onMenu = (card: Card, open: boolean): void => {
    setMenuOf(open ? card.id : undefined);
    // From its button, where the menu gives the focus back to, the keys of the board would not act.
    if (!open) requestAnimationFrame(() => document.activeElement?.closest('[data-card]') && focus(card.id));
  };
  const openPerson = (card: Card): void => navigate(`/people/${card.person.id}`);

  const onFocusOut = ({ target }: FocusEvent): void => {
    // An element that is being taken away still stands there while it says so.
    queueMicrotask(() => (hasFocus = scroller.contains(document.activeElement) || !(target as HTMLElement).isConnected));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const card = cardOf(focused());
    if (!card || event.ctrlKey || event.metaKey || event.altKey || !(event.target as HTMLElement).matches('[data-card]')) return;
    const act = keyActions(card)[`${event.shiftKey ? 'Shift+' : ''}${event.key}`];
    if (!act) return;
    event.preventDefault();
    act();
  };
  const keyActions = (card: Card): Record<string, () => void> => {
    const columns = props.board.columns();
    const go = (direction: 'up' | 'down' | 'left' | 'right') => () => focus(cardBeside(columns, card.id, direction)?.id);
    const step = (by: -1 | 1) => () => {
      const stage = stageBeside(props.project, card.stage.id, by);
      if (stage) moveTo(card, stage);
    };
    return {
      ArrowDown: go('down'), ArrowUp: go('up'), ArrowLeft: go('left'), ArrowRight: go('right'),
      'Shift+ArrowLeft': step(-1), 'Shift+ArrowRight': step(1),
      m: () => setMenuOf(card.id),
      Enter: () => openPerson(card),
    };
  };

  const menuFor = (card: Card): MenuEntry[] => [
    { kind: 'heading', label: t('board.moveTo') },
    ...props.board.columns().map(({ stage }): MenuEntry => ({ label: stage.name, checked: stage.id === card.stage.id, onSelect: () => moveTo(card, stage) })),
    { kind: 'separator' },
    { label: t('board.openPerson'), shortcut: 'Enter', onSelect: () => openPerson(card) },
    ...threadEntries(card),
    { label: t('board.history'), onSelect: () => props.onHistory(card) },
  ];
  const threadEntries = (card: Card): MenuEntry[] => {
    if (card.conversation) return [{ label: t('board.openThread'), onSelect: () => navigate(`/inbox/${card.conversation!.id}`) }];
    return props.project.can.openConversations ? [{ label: t('board.startThread'), onSelect: () => navigate(`/inbox/new/${card.id}`) }] : [];
  };

  return (
    <>
      <div ref={scroller} class={styles['board']} role="group" aria-label={t('board.label', props.project.name)} aria-describedby="board-help" onKeyDown={onKeyDown} onFocusIn={() => (hasFocus = true)} onFocusOut={onFocusOut}>
        <p id="board-help" class={visuallyHidden}>
          {t('board.help')}
        </p>
        <Index each={props.board.columns()}>
          {(column) => (
            <BoardColumn column={column()} total={totalOf(column().stage.id)} filtered={props.board.filter().trim() !== ''}>
              {(card) => (
                <BoardCard
                  card={card()}
                  stage={column().stage}
                  focused={reachable() === card().id}
                  menu={menuFor(card())}
                  menuOpen={menuOf() === card().id}
                  onMenuOpen={(open) => onMenu(card(), open)}
                  onFocus={() => setFocused(card().id)}
                  onOpen={() => openPerson(card())}
                />
              )}
            </BoardColumn>
          )}
        </Index>
      </div>
      <ReasonDialog
        closing={closing()}
        onClose={() => setClosing(undefined)}
        onMove={({ card, stage }, reason) => {
          setClosing(undefined);
          follow(card, stage, reason);
        }}
      />
    </>
  );
}
