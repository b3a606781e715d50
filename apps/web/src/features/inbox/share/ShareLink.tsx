import { lazy, type JSX } from 'solid-js';
import { useViewer } from '../../../platform/client/clientContext.ts';
import type { ConversationSummary } from '../../../session/contract.ts';
import { t } from '../inbox.messages.ts';

// Most candidates have come: few threads show a link.
const LinkShare = lazy(async () => ({ default: (await import('../../../ui/link-share/LinkShare.tsx')).LinkShare }));

/** A candidate's link to hand over, with a letter begun for their own mail program. Needs a Suspense around it. */
export function ShareLink(props: { link: string; conversation: ConversationSummary; email?: string | undefined; prominent?: boolean }): JSX.Element {
  const viewer = useViewer();
  return (
    <LinkShare
      label={t('link.address')}
      link={props.link}
      letter={{
        to: props.email,
        subject: t('link.letterSubject', props.conversation.about),
        body: t('link.letter', props.conversation.candidateName, props.conversation.about, props.conversation.firmName, viewer()?.name ?? '', props.link),
      }}
      codeLabel={t('link.qrLabel', props.conversation.candidateName)}
      prominent={props.prominent}
    />
  );
}
