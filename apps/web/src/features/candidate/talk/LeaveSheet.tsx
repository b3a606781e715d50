import { createSignal, type JSX } from 'solid-js';
import { Button } from '../../../ui/button/Button.tsx';
import { Sheet } from '../../../ui/sheet/Sheet.tsx';
import { later as t } from '../later.messages.ts';
import styles from './talk.module.css';

/** What leaving means, and whether the firm is to be blocked too. */
export function LeaveSheet(props: { firm: string; onClose(): void; onLeave(options: { block: boolean }): void }): JSX.Element {
  const [block, setBlock] = createSignal(false);
  return (
    <Sheet
      open
      onClose={props.onClose}
      title={t('leave.title')}
      description={t('leave.text', props.firm)}
      footer={
        <>
          <Button variant="quiet" onClick={() => props.onClose()}>
            {t('leave.cancel')}
          </Button>
          <Button variant="danger" onClick={() => props.onLeave({ block: block() })}>
            {t('leave.confirm')}
          </Button>
        </>
      }
    >
      <label class={styles.block}>
        <input type="checkbox" checked={block()} onChange={(event) => setBlock(event.currentTarget.checked)} />
        {t('leave.block', props.firm)}
      </label>
    </Sheet>
  );
}
