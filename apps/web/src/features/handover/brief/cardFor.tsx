import { isId } from '@baton/base';
import type { MessageCard } from '@baton/messaging';
import { useQuery } from '@tanstack/solid-query';
import { Show, type JSX } from 'solid-js';
import ShieldCheck from 'lucide-solid/icons/shield-check';
import { useClient } from '../../../platform/client/clientContext.ts';
import { answerOf, queryKeys } from '../../../platform/graphql/queries.ts';
import { BriefCard } from './BriefCard.tsx';
import { briefKind, type Brief } from './brief.ts';
import { t } from './brief.messages.ts';
import styles from './brief.module.css';
import { readBrief } from './readBrief.ts';

/** How a card in a team's room looks; null for one that is none of ours, or of a later kind: its text is shown. */
export function cardFor(card: MessageCard): (() => JSX.Element) | null {
  const brief = card.kind === briefKind ? readBrief(card.data) : null;
  return brief && (() => <BriefCard brief={brief} foot={<Signed brief={brief} />} />);
}

/** A brief is a colleague's word; what counts is the project's signed log. */
function Signed(props: { brief: Brief }): JSX.Element {
  const client = useClient();
  const vault = useQuery(() => ({ queryKey: [queryKeys.project, props.brief.project.id, 'readers'], queryFn: () => client.vault.project(props.brief.project.id), placeholderData: (): undefined => undefined }));
  const isSigned = (): boolean => answerOf(vault)?.changes.some(({ type, from, to }) => type === 'handover' && (to === props.brief.to.id || (from === props.brief.from.id && isId('invitation', props.brief.to.id)))) ?? false;
  return (
    <Show when={answerOf(vault)}>
      <p class={styles['signed']} data-signed={isSigned() ? '' : undefined}>
        <ShieldCheck size={14} aria-hidden="true" />
        {isSigned() ? t('signed') : t('unsigned')}
      </p>
    </Show>
  );
}
