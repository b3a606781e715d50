import { isId } from '@baton/base';
import { useQuery } from '@tanstack/solid-query';
import ShieldCheck from 'lucide-solid/icons/shield-check';
import { Show, type JSX } from 'solid-js';
import { useClient } from '../../../platform/client/clientContext.ts';
import { answerOf, nothingMeanwhile, queryKeys } from '../../../platform/graphql/queries.ts';
import type { Brief } from './brief.ts';
import { t } from './brief.messages.ts';
import styles from './brief.module.css';
import { BriefCard } from './BriefCard.tsx';

/** A brief in the team's room, and whether the project's signed log says the same: a brief is a colleague's word. */
export function SignedBrief(props: { brief: Brief }): JSX.Element {
  const client = useClient();
  const vault = useQuery(() => ({ queryKey: [queryKeys.project, props.brief.project.id, 'readers'], queryFn: () => client.vault.project(props.brief.project.id), placeholderData: nothingMeanwhile }));
  const isSigned = (): boolean => {
    const { from, to } = props.brief;
    return answerOf(vault)?.changes.some((change) => change.type === 'handover' && (change.to === to.id || (change.from === from.id && isId('invitation', to.id)))) ?? false;
  };
  const foot = (
    <Show when={answerOf(vault)}>
      <p class={styles['signed']} data-signed={isSigned() ? '' : undefined}>
        <ShieldCheck size={14} aria-hidden="true" />
        {isSigned() ? t('signed') : t('unsigned')}
      </p>
    </Show>
  );
  return <BriefCard brief={props.brief} foot={foot} />;
}
