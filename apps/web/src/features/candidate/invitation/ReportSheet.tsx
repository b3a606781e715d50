import { createSignal, type JSX } from 'solid-js';
import { Button } from '../../../ui/button/Button.tsx';
import { Sheet } from '../../../ui/sheet/Sheet.tsx';
import { TextArea } from '../../../ui/text-area/TextArea.tsx';
import styles from '../candidate.module.css';
import { later as t } from '../later.messages.ts';
import { Page } from '../Page.tsx';

/** "Not you?": what is told to whom, and the button that tells it. */
export function ReportSheet(props: { inviter: string; send(reason: string): Promise<void>; onClose(): void; onDone(): void }): JSX.Element {
  const [reason, setReason] = createSignal('');
  const [busy, setBusy] = createSignal(false);
  const [failed, setFailed] = createSignal(false);

  async function send(): Promise<void> {
    setBusy(true);
    setFailed(false);
    try {
      await props.send(reason().trim());
      props.onDone();
    } catch {
      setFailed(true);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Sheet
      open
      onClose={props.onClose}
      title={t('report.title')}
      description={t('report.text', props.inviter)}
      footer={
        <>
          <Button variant="quiet" onClick={() => props.onClose()}>
            {t('report.cancel')}
          </Button>
          <Button variant="primary" busy={busy()} onClick={() => void send()}>
            {t('report.submit')}
          </Button>
        </>
      }
    >
      <TextArea label={t('report.reason')} value={reason()} onValue={setReason} maxlength={1000} error={failed() ? t('report.failed') : undefined} />
    </Sheet>
  );
}

/** After a report: there is nothing more to do. */
export function Reported(props: { firm: string; inviter: string }): JSX.Element {
  return (
    <Page firm={props.firm} title={t('report.thanks')}>
      <p class={styles.text}>{t('report.thanksText', props.inviter)}</p>
    </Page>
  );
}
