import type { HandoverItem } from '@baton/messaging';
import { Show, type JSX } from 'solid-js';
import { useViewer } from '../../../platform/client/clientContext.ts';
import type { Entry } from '../groupDays.ts';
import { t, useThread } from '../threadContext.ts';
import styles from './tiles.module.css';

/** The project was handed over: a quiet line, and only where its signed log says so too. */
export function HandoverTile(props: { entry: Entry }): JSX.Element {
  const thread = useThread();
  const viewer = useViewer();
  const successor = () => thread.successorAt((props.entry.item as HandoverItem).seq);
  const firm = () => viewer()?.firmName ?? '';
  return (
    <Show when={successor() !== null}>
      <p class={styles.notice}>{successor() ? t('handedOver', successor()!, firm()) : t('handedOverToSomebody', firm())}</p>
    </Show>
  );
}
