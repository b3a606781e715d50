import { createSignal, Show, type JSX } from 'solid-js';
import { useClient, useViewer } from '../../platform/client/clientContext.ts';
import { KitForm } from '../../platform/recovery-kit/KitForm.tsx';
import { KitPartsSteps } from '../../platform/recovery-kit/KitPartsSteps.tsx';
import type { KitParts } from '../../session/contract.ts';
import { Dialog } from '../../ui/dialog/Dialog.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import { t } from './settings.messages.ts';

/** Whoever has the firm's kit, or two of its parts, makes three new parts of it. */
export function SplitKit(props: { onClose(): void }): JSX.Element {
  const client = useClient();
  const viewer = useViewer();
  const [parts, setParts] = createSignal<KitParts>();
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const split = async (words: string): Promise<void> => {
    setBusy(true);
    try {
      setParts(await client.kit.split(words));
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  const done = (): void => {
    showToast(t('splitDone'));
    props.onClose();
  };
  return (
    <Dialog open size={parts() ? 'wide' : 'normal'} locked={parts() !== undefined} title={t('firmKit')} description={parts() ? undefined : t('splitText')} onClose={() => props.onClose()}>
      <Show
        when={parts()}
        fallback={
          <KitForm
            title={t('splitTitle')}
            submit={t('split')}
            leave={t('cancel')}
            problem={problem()}
            busy={busy()}
            onWords={(words) => void split(words)}
            onLeave={() => props.onClose()}
          />
        }
      >
        {(made) => <KitPartsSteps parts={made()} firmName={viewer()?.firmName ?? ''} onLeave={() => props.onClose()} onDone={done} />}
      </Show>
    </Dialog>
  );
}
