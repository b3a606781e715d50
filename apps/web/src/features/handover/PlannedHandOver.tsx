import Hourglass from 'lucide-solid/icons/hourglass';
import { useQuery, useQueryClient } from '@tanstack/solid-query';
import { createSignal, Show, type JSX } from 'solid-js';
import { CancelHandOverPlanDocument, HandOverPlanDocument, type HandOverPlanQuery } from '../../generated/graphql.ts';
import { useClient } from '../../platform/client/clientContext.ts';
import { errorText } from '../../platform/errors/errorText.ts';
import { answerOf, nothingMeanwhile, queryKeys } from '../../platform/graphql/queries.ts';
import { request, throwUserErrors } from '../../platform/graphql/request.ts';
import { Banner } from '../../ui/banner/Banner.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import { t } from './handover.messages.ts';
import styles from './handover.module.css';
import { askToHandOver } from './wish.ts';

type Project = NonNullable<HandOverPlanQuery['project']>;
type Plan = NonNullable<Project['handoverPlan']>;

/** What a plan waits for: the successor, a client that carries it out, somebody with the kit or who signs it, or nothing any more. */
type Standing = 'successor' | 'client' | 'kit' | 'signer' | 'invitation';

function standingOf({ members, handoverPlan }: Project & { handoverPlan: Plan }): Standing {
  const { invitationState, counts } = handoverPlan;
  if (invitationState === 'EXPIRED' || invitationState === 'REVOKED') return 'invitation';
  if (!counts) return 'signer';
  // The rules of the log: partners, and leads who may still lead.
  const isCarriedOut = members.some(({ role, member }) => member.endedAt === null && (member.role === 'PARTNER' || (role === 'LEAD' && member.role === 'CONSULTANT')));
  if (!isCarriedOut) return 'kit';
  return invitationState === 'CLAIMED' ? 'client' : 'successor';
}

function textOf(standing: Standing, { from, successorName, invitationState, plannedBy }: Plan, mayDecide: boolean): string {
  switch (standing) {
    case 'invitation':
      return t('plan.lost', successorName);
    case 'signer':
      return mayDecide ? t('plan.renewable', plannedBy.name, successorName) : t('plan.void', plannedBy.name);
    case 'kit':
      return `${invitationState === 'OPEN' ? t('plan.waits', successorName) : t('plan.joined', successorName)} ${t('plan.needsKit')}`;
    case 'client':
      return t('plan.arrived', successorName);
    case 'successor':
      return `${t('plan.waits', successorName)} ${t('plan.goes', from.name, successorName)}`;
  }
}

/** A handover of the project that waits for its successor, with what may be done about it; nothing where none waits. */
export function PlannedHandOver(props: { projectId: string }): JSX.Element {
  const client = useClient();
  const queries = useQueryClient();
  const found = useQuery(() => ({ queryKey: [queryKeys.project, props.projectId, 'handover plan'], queryFn: () => request(HandOverPlanDocument, { id: props.projectId }), placeholderData: nothingMeanwhile }));
  const project = (): (Project & { handoverPlan: Plan }) | undefined => {
    const answer = answerOf(found)?.project;
    return answer?.handoverPlan ? { ...answer, handoverPlan: answer.handoverPlan } : undefined;
  };
  const [busy, setBusy] = createSignal<'renew' | 'cancel'>();
  const settle = async (what: 'renew' | 'cancel', work: () => Promise<unknown>, done: string): Promise<void> => {
    setBusy(what);
    try {
      await work();
      showToast(done);
    } catch (error) {
      showToast(errorText(error), { tone: 'bad' });
    } finally {
      await queries.invalidateQueries({ queryKey: [queryKeys.project, props.projectId] });
      setBusy();
    }
  };
  const cancel = (): Promise<void> =>
    settle('cancel', async () => throwUserErrors((await request(CancelHandOverPlanDocument, { input: { projectId: props.projectId } })).cancelHandoverPlan.userErrors), t('plan.cancelled'));
  const renew = ({ successorName }: Plan): Promise<void> => settle('renew', () => client.vault.renewPlan(props.projectId), t('plan.renewed', successorName));

  return (
    <Show when={project()}>
      {(now) => {
        const standing = (): Standing => standingOf(now());
        const plan = (): Plan => now().handoverPlan;
        return (
          <div class={styles['planned']}>
            <Banner tone={standing() === 'successor' || standing() === 'client' ? 'info' : 'warn'} icon={<Hourglass />}>
              <p>{textOf(standing(), plan(), now().can.edit)}</p>
              <Show when={now().can.edit}>
                <div class={styles['plannedButtons']}>
                  <Show when={standing() === 'signer'}>
                    <Button size="small" busy={busy() === 'renew'} onClick={() => void renew(plan())}>
                      {t('plan.renew')}
                    </Button>
                  </Show>
                  <Show when={standing() === 'kit' && plan().invitationState !== 'OPEN'}>
                    <Button size="small" onClick={() => askToHandOver({ projectId: props.projectId })}>
                      {t('plan.handOver')}
                    </Button>
                  </Show>
                  <Button size="small" busy={busy() === 'cancel'} onClick={() => void cancel()}>
                    {t('plan.cancel')}
                  </Button>
                </div>
              </Show>
            </Banner>
          </div>
        );
      }}
    </Show>
  );
}
