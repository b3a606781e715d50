import CircleCheck from 'lucide-solid/icons/circle-check';
import Download from 'lucide-solid/icons/download';
import { isBatonError } from '@baton/base';
import { For, Match, Show, Switch, type JSX } from 'solid-js';
import { createConnectionLost } from '../../platform/client/connectionLost.ts';
import { errorText } from '../../platform/errors/errorText.ts';
import { Banner } from '../../ui/banner/Banner.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { Sheet } from '../../ui/sheet/Sheet.tsx';
import { StepLine, Steps } from '../../ui/steps/Steps.tsx';
import { exportMessages, t } from './export.messages.ts';
import styles from './export.module.css';
import type { ExportResult, ExportRun } from './exportRun.ts';
import { saveFile } from './saveFile.ts';

interface ProgressDialogProps {
  open: boolean;
  name: string;
  run: ExportRun;
  /** Closes the dialog; an export that is under way goes on. */
  onClose(): void;
  onStop(): void;
}

type OwnFailure = keyof typeof exportMessages.en.failure;
const failureText = (failure: unknown): string => {
  const code = isBatonError(failure) ? failure.code : '';
  return Object.hasOwn(exportMessages.en.failure, code) ? t(`failure.${code as OwnFailure}`) : errorText(failure);
};

/** An archive on its way: a line for each room, and at the end what it holds and how to check it. */
export function ProgressDialog(props: ProgressDialogProps): JSX.Element {
  const connectionLost = createConnectionLost();
  const isOver = (): boolean => props.run.state() === 'done' || props.run.state() === 'failed';
  // What is being asked when the network goes is answered by nobody, and that may take long to come out.
  const state = () => (connectionLost() && !isOver() ? 'reconnecting' : props.run.state());
  const through = (): number => props.run.steps().filter((step) => step.state === 'done' || step.state === 'partly').length;
  const description = (): string => {
    const now = state();
    if (now === 'failed') return t('run.failed');
    const result = props.run.result();
    if (now === 'done' && result) return t('run.counts', result.threads, result.messages);
    if (now === 'reading') return t('run.state.reading', Math.min(through() + 1, props.run.steps().length), props.run.steps().length);
    return t(`run.state.${now as 'asking' | 'reconnecting' | 'writing'}`);
  };
  return (
    <Sheet
      open={props.open}
      onClose={() => props.onClose()}
      title={t('titleOf', props.name)}
      description={<span aria-live="polite">{description()}</span>}
      footer={
        <Switch
          fallback={
            <>
              <Button onClick={() => props.onStop()}>{t('run.stop')}</Button>
              <Button variant="primary" onClick={() => props.onClose()}>
                {t('run.hide')}
              </Button>
            </>
          }
        >
          <Match when={state() === 'done' && props.run.result()}>
            {(result) => (
              <>
                <Button icon={<Download />} onClick={() => saveFile(result().archive, result().file)}>
                  {t('run.again')}
                </Button>
                <Button variant="primary" onClick={() => props.onClose()}>
                  {t('run.done')}
                </Button>
              </>
            )}
          </Match>
          <Match when={state() === 'failed'}>
            <Button onClick={() => props.onClose()}>{t('run.close')}</Button>
            <Button variant="primary" onClick={() => props.run.retry()}>
              {t('run.retry')}
            </Button>
          </Match>
        </Switch>
      }
    >
      <div class={styles['choice']}>
        <Show when={state() === 'failed'}>
          <Banner tone="bad">
            {failureText(props.run.failure())}
            <Show when={through() > 0}> {t('run.kept')}</Show>
          </Banner>
        </Show>
        <Show when={state() === 'done' && props.run.result()}>{(result) => <Saved result={result()} />}</Show>
        <Show when={props.run.steps().length > 0}>
          <Steps label={t('run.list')} each={props.run.steps()} dense>
            {(step) => <StepLine look={step.state === 'reading' ? 'running' : step.state} name={step.name ?? t('run.teamRoom')} said={step.state === 'done' ? t('run.messages', step.messages) : t(`run.step.${step.state}`)} />}
          </Steps>
        </Show>
      </div>
    </Sheet>
  );
}

function Saved(props: { result: ExportResult }): JSX.Element {
  const doubts = (): string[] => {
    const { unreadable, unverified, incomplete } = props.result;
    return [
      ...(unreadable.length > 0 ? [t('run.unreadable', unreadable.length)] : []),
      ...(unverified.length > 0 ? [t('run.unverified', unverified.length)] : []),
      ...(incomplete.length > 0 ? [t('run.incomplete', incomplete.length)] : []),
    ];
  };
  return (
    <>
      <p class={styles['saved']}>
        <CircleCheck size={18} aria-hidden="true" />
        <span>{t('run.saved', props.result.file)}</span>
      </p>
      <Show when={doubts().length > 0}>
        <Banner tone="warn">
          <For each={doubts()}>{(doubt) => <p>{doubt}</p>}</For>
        </Banner>
      </Show>
      <p class={styles['quiet']}>
        {t('run.check')} <code class={styles['root']}>{props.result.fingerprint}</code>
      </p>
    </>
  );
}
