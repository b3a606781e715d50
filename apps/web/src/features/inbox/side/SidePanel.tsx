import X from 'lucide-solid/icons/x';
import { Show, type JSX } from 'solid-js';
import { Button } from '../../../ui/button/Button.tsx';
import { IconButton } from '../../../ui/icon-button/IconButton.tsx';
import type { ConversationSummary } from '../../../session/contract.ts';
import { t } from '../inbox.messages.ts';
import { InvitationSection } from '../share/InvitationSection.tsx';
import { About, Identity } from './About.tsx';
import { createCandidacy } from './createCandidacy.ts';
import { Loading } from './Loading.tsx';
import { Notes } from './Notes.tsx';
import { Promises } from './Promises.tsx';
import { Readers } from './Readers.tsx';
import { StageBar } from './StageBar.tsx';
import { TeamNotes } from './TeamNotes.tsx';
import styles from './side.module.css';

/** Beside the thread: the person's record, stage and notes, their link, and who can read. What needs no connection is there offline too. */
export function SidePanel(props: { conversation: ConversationSummary; onClose(): void }): JSX.Element {
  const model = createCandidacy(() => props.conversation);
  return (
    <div class={styles.panel}>
      <div class={styles.close}>
        <IconButton size="small" label={t('side.close')} onClick={() => props.onClose()}>
          <X size={16} />
        </IconButton>
      </div>
      <Identity id={props.conversation.personId ?? props.conversation.conversationId} name={props.conversation.candidateName} candidacy={model.candidacy()} />
      <Show when={model.candidacy()}>{(candidacy) => <StageBar candidacy={candidacy()} model={model} />}</Show>
      <Show when={props.conversation.state === 'INVITED' || props.conversation.state === 'CLAIMED' || props.conversation.invitation?.claimedAt}>
        <InvitationSection conversation={props.conversation} email={model.candidacy()?.person.handles.find(({ kind }) => kind === 'EMAIL')?.raw} />
      </Show>
      <Show when={props.conversation.projectId !== null}>
        <TeamNotes conversation={props.conversation} />
      </Show>
      <Show when={model.candidacy()} fallback={<Missing failed={model.query.isError} retry={() => void model.query.refetch()} shown={props.conversation.candidacyId !== null} />}>
        {(candidacy) => (
          <>
            {/* What is half written stays with whom it was written to. */}
            <Show when={candidacy().id} keyed>
              <Promises candidacy={candidacy()} model={model} />
            </Show>
            <About candidacy={candidacy()} ownerName={props.conversation.ownerName} />
            <Notes candidacy={candidacy()} model={model} />
          </>
        )}
      </Show>
      <Readers conversation={props.conversation} />
    </div>
  );
}

function Missing(props: { failed: boolean; shown: boolean; retry(): void }): JSX.Element {
  return (
    <Show when={props.shown}>
      <Show when={props.failed} fallback={<Loading />}>
        <div class={styles.offline}>
          <p>{t('side.offline')}</p>
          <Button size="small" onClick={() => props.retry()}>
            {t('side.retry')}
          </Button>
        </div>
      </Show>
    </Show>
  );
}
