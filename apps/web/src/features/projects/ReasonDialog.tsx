import { createSignal, Show, type JSX } from 'solid-js';
import { FormDialog } from '../../ui/dialog/FormDialog.tsx';
import { TextField } from '../../ui/text-field/TextField.tsx';
import type { BoardStage, Card } from './board.ts';
import { t } from './projects.messages.ts';

/** A card on its way out of the search. */
export interface Closing {
  card: Card;
  stage: BoardStage;
}

/** Asks why somebody leaves the search. One may leave it empty: Enter moves them all the same. */
export function ReasonDialog(props: { closing: Closing | undefined; onClose(): void; onMove(closing: Closing, reason: string): void }): JSX.Element {
  return (
    <Show when={props.closing} keyed>
      {(closing) => {
        const [reason, setReason] = createSignal('');
        return (
          <FormDialog
            size="small"
            title={t('board.reasonTitle', closing.card.person.name, closing.stage.name)}
            submit={t('board.move')}
            onClose={() => props.onClose()}
            onSubmit={() => props.onMove(closing, reason().trim())}
          >
            <TextField label={t('board.reason')} optional hint={t('board.reasonHint')} value={reason()} onValue={setReason} maxLength={1000} autocomplete="off" data-autofocus="" />
          </FormDialog>
        );
      }}
    </Show>
  );
}
