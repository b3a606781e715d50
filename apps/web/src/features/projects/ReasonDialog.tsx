import { createSignal, Show, type JSX } from 'solid-js';
import { Button } from '../../ui/button/Button.tsx';
import { Dialog } from '../../ui/dialog/Dialog.tsx';
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
          <Dialog
            open
            size="small"
            title={t('board.reasonTitle', closing.card.person.name, closing.stage.name)}
            onClose={() => props.onClose()}
            footer={
              <>
                <Button onClick={() => props.onClose()}>{t('form.cancel')}</Button>
                <Button variant="primary" type="submit" form="reason-form">
                  {t('board.move')}
                </Button>
              </>
            }
          >
            <form
              id="reason-form"
              onSubmit={(event) => {
                event.preventDefault();
                props.onMove(closing, reason().trim());
              }}
            >
              <TextField label={t('board.reason')} optional hint={t('board.reasonHint')} value={reason()} onValue={setReason} maxLength={1000} autocomplete="off" data-autofocus="" />
            </form>
          </Dialog>
        );
      }}
    </Show>
  );
}
