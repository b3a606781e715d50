import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { autoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/element';
import { createMemo, createSignal, For, onCleanup, onMount, type Accessor, type JSX } from 'solid-js';
import type { Card, Column } from './board.ts';
import styles from './board.module.css';
import { t } from './projects.messages.ts';

interface BoardColumnProps {
  column: Column;
  /** How many stand here, whatever the filter. */
  total: number;
  filtered: boolean;
  /** Draws a card. A refetched card keeps its element, and with it the focus and an open menu. */
  children(card: Accessor<Card>): JSX.Element;
}

/** One stage: a list of cards, and a place to drop them. */
export function BoardColumn(props: BoardColumnProps): JSX.Element {
  let element!: HTMLElement;
  let list!: HTMLUListElement;
  const [over, setOver] = createSignal(false);
  onMount(() => {
    const endDrop = dropTargetForElements({
      element,
      getData: () => ({ stageId: props.column.stage.id }),
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: () => setOver(false),
    });
    const endScroll = autoScrollForElements({ element: list });
    onCleanup(() => {
      endDrop();
      endScroll();
    });
  });
  const cards = createMemo(() => new Map(props.column.cards.map((card) => [card.id, card])));
  const count = (): string => (props.filtered ? `${cards().size}/${props.total}` : `${props.total}`);
  return (
    <section
      ref={element}
      class={styles['column']}
      classList={{ [styles['over']!]: over() }}
      data-kind={props.column.stage.kind}
      data-stage={props.column.stage.id}
      aria-label={t('board.column', props.column.stage.name, cards().size)}
    >
      <h2 class={styles['stage']}>
        <span class={styles['dot']} aria-hidden="true" />
        <span class={styles['stageName']} title={props.column.stage.name}>
          {props.column.stage.name}
        </span>
        <span class={styles['count']}>{count()}</span>
      </h2>
      <ul ref={list} class={styles['cards']}>
        <For each={[...cards().keys()]} fallback={<li class={styles['none']}>{props.filtered ? t('board.noMatch') : t('board.noneInColumn')}</li>}>
          {(id) => props.children(createMemo((before: Card) => cards().get(id) ?? before, cards().get(id)!))}
        </For>
      </ul>
    </section>
  );
}
