import Mail from 'lucide-solid/icons/mail';
import { useQuery } from '@tanstack/solid-query';
import { Show, type JSX } from 'solid-js';
import { HandOverNamesDocument } from '../../generated/graphql.ts';
import { useViewer } from '../../platform/client/clientContext.ts';
import { answerOf, queryKeys } from '../../platform/graphql/queries.ts';
import { request } from '../../platform/graphql/request.ts';
import { formatList } from '../../platform/i18n/format.ts';
import { KitForm } from '../../platform/recovery-kit/KitForm.tsx';
import { Button } from '../../ui/button/Button.tsx';
import buttonStyles from '../../ui/button/button.module.css';
import { mailTo } from '../../ui/link-share/mailTo.ts';
import { Sheet } from '../../ui/sheet/Sheet.tsx';
import { StepLine, Steps } from '../../ui/steps/Steps.tsx';
import { failureText } from './failureText.ts';
import { t } from './handover.messages.ts';
import type { HandOverRun, Order, Step } from './handOverRun.ts';

const doneSteps = (run: HandOverRun): readonly Step[] => run.steps().filter(({ state }) => state === 'done');

/** How it ended, in a sentence. */
export function summaryOf(order: Order, run: HandOverRun): string {
  const [done, all] = [doneSteps(run).length, run.steps().length];
  const planned = run.steps().filter(({ state }) => state === 'planned').length;
  if (planned > 0 && done + planned === all) return t('run.allPlanned', planned, order.to.name);
  return done === all ? t('run.done', all, order.to.name) : t('run.partly', done, all, order.to.name);
}

/** A line for each project, the firm's recovery words where they are needed, and at the end a message to the successor. */
export function ProgressDialog(props: { open: boolean; order: Order; run: HandOverRun; onClose(): void }): JSX.Element {
  const viewer = useViewer();
  const firm = useQuery(() => ({ queryKey: [queryKeys.members, 'names'], queryFn: async () => (await request(HandOverNamesDocument)).viewer }));
  const nameOf = (id: string): string => answerOf(firm)?.organisation.members.find((member) => member.id === id)?.name ?? t('readers.unknown');
  const letter = (): string => {
    const { order, run } = props;
    const names = formatList(doneSteps(run).map(({ project }) => project.name));
    return mailTo({ to: order.to.email, subject: t('run.subject', names), body: t('run.letter', order.to.name, names, order.from.name, order.words, viewer()?.name ?? '') });
  };
  const isWhole = (): boolean => props.run.steps().every(({ state }) => state === 'done' || state === 'planned');
  const said = ({ state, failure }: Step): string => {
    if (state === 'refused') return t('run.refused', failureText(failure, nameOf));
    return state === 'planned' ? t('run.planned', props.order.to.name) : t(`run.state.${state}`);
  };
  const buttons = (): JSX.Element => (
    <Show when={props.run.isOver()} fallback={<Button onClick={() => props.onClose()}>{t('run.hide')}</Button>}>
      <Show when={!isWhole()}>
        <Button onClick={() => props.run.retry()}>{t('run.again')}</Button>
      </Show>
      <Show when={doneSteps(props.run).length > 0 && props.order.to.email !== ''}>
        <a class={`${buttonStyles['button']} ${buttonStyles['secondary']}`} href={letter()}>
          <span class={buttonStyles['inside']}>
            <Mail />
            {t('run.write', props.order.to.name)}
          </span>
        </a>
      </Show>
      <Button variant="primary" onClick={() => props.onClose()}>
        {t(isWhole() ? 'run.finish' : 'run.close')}
      </Button>
    </Show>
  );
  return (
    <Sheet
      open={props.open}
      onClose={() => props.onClose()}
      title={t('run.title', props.order.from.name, props.order.to.name)}
      description={props.run.isOver() ? summaryOf(props.order, props.run) : t('run.going')}
      // Over the words there is one thing to do.
      footer={props.run.kitWanted() ? undefined : buttons()}
    >
      <Steps label={t('run.list')} each={props.run.steps()} live>
        {(step) => <StepLine look={step.state} name={step.project.name} said={said(step)} warning={step.missing ? t('run.missing', step.missing) : undefined} />}
      </Steps>
      <Show when={props.run.kitWanted()}>
        {(wanted) => (
          <KitForm
            title={t('kit.title')}
            text={t('kit.text')}
            submit={t('kit.submit')}
            leave={t('kit.without')}
            problem={wanted().problem}
            busy={wanted().tried}
            onWords={(words) => props.run.giveKit(words)}
            onLeave={() => props.run.goOnWithoutKit()}
          />
        )}
      </Show>
    </Sheet>
  );
}
