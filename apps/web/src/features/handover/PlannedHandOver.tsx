import Hourglass from 'lucide-solid/icons/hourglass';
import { useQuery, useQueryClient } from '@tanstack/solid-query';
import { createSignal, Show, type JSX } from 'solid-js';
import { CancelHandOverPlanDocument, HandOverPlanDocument, type HandOverPlanQuery } from '../../generated/graphql.ts';
import { errorText } from '../../platform/errors/errorText.ts';
import { answerOf, nothingMeanwhile, queryKeys } from '../../platform/graphql/queries.ts';
import { request } from '../../platform/graphql/request.ts';
import { Banner } from '../../ui/banner/Banner.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import { t } from './handover.messages.ts';
import styles from './handover.module.css';

type Plan = NonNullable<NonNullable<HandOverPlanQuery['project']>['handoverPlan']>;

function textOf({ from, successorName, invitationState }: Plan): string {
  if (invitationState === 'EXPIRED' || invitationState === 'REVOKED') return t('plan.lost', successorName);
  if (invitationState === 'CLAIMED') return t('plan.arrived', successorName);
  return `${t('plan.waits', successorName)} ${t('plan.goes', from.name, successorName)}`;
}

/** A handover of the project that waits for its successor, with the way to cancel it; nothing where none waits. */
export function PlannedHandOver(props: { projectId: string }): JSX.Element {
  const queries = useQueryClient();
  const found = useQuery(() => ({ queryKey: [queryKeys.project, props.projectId, 'handover plan'], queryFn: () => request(HandOverPlanDocument, { id: props.projectId }), placeholderData: nothingMeanwhile }));
  const plan = (): Plan | undefined => answerOf(found)?.project?.handoverPlan ?? undefined;
  const isLost = (): boolean => plan()?.invitationState === 'EXPIRED' || plan()?.invitationState === 'REVOKED';
  const [busy, setBusy] = createSignal(false);
  const cancel = async (): Promise<void> => {
    setBusy(true);
    try {
      await request(CancelHandOverPlanDocument, { input: { projectId: props.projectId } });
      await queries.invalidateQueries({ queryKey: [queryKeys.project, props.projectId] });
      showToast(t('plan.cancelled'));
    } catch (error) {
      showToast(errorText(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Show when={plan()}>
      {(waiting) => (
        <div class={styles['planned']}>
          <Banner
            tone={isLost() ? 'warn' : 'info'}
            icon={<Hourglass />}
            action={
              <Show when={answerOf(found)?.project?.can.edit}>
                <Button size="small" busy={busy()} onClick={() => void cancel()}>
                  {t('plan.cancel')}
                </Button>
              </Show>
            }
          >
            {textOf(waiting())}
          </Banner>
        </div>
      )}
    </Show>
  );
}
