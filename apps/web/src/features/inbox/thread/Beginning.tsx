import { Show, Suspense, type JSX } from 'solid-js';
import type { ConversationSummary } from '../../../session/contract.ts';
import { t } from '../inbox.messages.ts';
import { createLink } from '../share/createLink.ts';
import shareStyles from '../share/share.module.css';
import { ShareLink } from '../share/ShareLink.tsx';

/** Above the first message: the link to hand over while the candidate has not come, else a quiet sentence. */
export function Beginning(props: { conversation: ConversationSummary }): JSX.Element {
  const model = createLink(() => props.conversation);
  const name = () => props.conversation.candidateName;
  const sentence = (): JSX.Element => <p class={shareStyles['beginning']}>{t('thread.beginning', name())}</p>;
  return (
    <Suspense fallback={sentence()}>
      <Show when={props.conversation.state === 'INVITED' && model.link()} fallback={sentence()}>
        {(link) => (
          <section class={shareStyles['card']} aria-label={t('link.share', name())}>
            <h2>{t('link.share', name())}</h2>
            <p>{t('link.shareText')}</p>
            <ShareLink link={link()} conversation={props.conversation} prominent />
            <p>{t('thread.writeFirst', name())}</p>
          </section>
        )}
      </Show>
    </Suspense>
  );
}
