import { createSignal, For, onCleanup, Show, type JSX } from 'solid-js';
import { useClient } from '../../../platform/client/clientContext.ts';
import { copyText } from '../../../platform/clipboard/copyText.ts';
import { fromSubscribable } from '../../../platform/subscribable/fromSubscribable.ts';
import type { ClaimSummary } from '../../../session/contract.ts';
import { Button } from '../../../ui/button/Button.tsx';
import styles from '../candidate.module.css';
import { Trouble } from '../invitation/Trouble.tsx';
import { troubleOf } from '../invitation/troubleOf.ts';
import { later as t } from '../later.messages.ts';
import { usePlace } from '../place.ts';

/** The link turned out to lead nowhere after somebody had begun to write: why, and what they wrote. */
export function RefusedPage(props: { claim: ClaimSummary & { refused: { code: string } }; firm: string }): JSX.Element {
  const client = useClient();
  const place = usePlace();
  const { state, close } = client.messaging.openTimeline(props.claim.conversationId);
  onCleanup(close);
  const timeline = fromSubscribable(state);
  const rooms = fromSubscribable(client.messaging.rooms);
  const [copied, setCopied] = createSignal(false);
  const written = (): string[] => {
    const messages = timeline().items.flatMap((item) => (item.kind === 'message' ? [item.body] : []));
    const draft = rooms().find(({ roomId }) => roomId === props.claim.conversationId)?.draft;
    return draft ? [...messages, draft] : messages;
  };
  const kind = () => troubleOf(props.claim.refused);

  async function signIn(): Promise<void> {
    await client.account.signOut();
    place.go('/sign-in?next=/talk');
  }

  return (
    <Trouble
      kind={kind()}
      view={{ firmName: props.firm, inviterName: props.claim.inviterName, claimedAt: null, claimedOn: null }}
      action={
        <Show
          when={written().length > 0}
          fallback={
            <Show when={kind() === 'used'}>
              <Button size="large" block class={styles.go} onClick={() => void signIn()}>
                {t('trouble.signIn')}
              </Button>
            </Show>
          }
        >
          <Button variant="primary" size="large" block class={styles.go} onClick={() => void copyText(written().join('\n\n')).then(setCopied)}>
            {copied() ? t('refused.copied') : t('refused.copy')}
          </Button>
          <Button variant="quiet" size="large" block class={styles.go} onClick={() => void client.account.signOut()}>
            {t('refused.forget')}
          </Button>
        </Show>
      }
    >
      <Show when={written().length > 0}>
        <p class={styles.text}>{t('refused.kept')}</p>
        <For each={written()}>{(text) => <blockquote class={styles.kept}>{text}</blockquote>}</For>
      </Show>
    </Trouble>
  );
}
