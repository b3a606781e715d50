import Download from 'lucide-solid/icons/download';
import Printer from 'lucide-solid/icons/printer';
import Split from 'lucide-solid/icons/split';
import { createSignal, Match, Show, Switch, type JSX } from 'solid-js';
import type { KitParts, RecoveryKit } from '../../session/contract.ts';
import { Banner } from '../../ui/banner/Banner.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import { useClient } from '../client/clientContext.ts';
import { errorText } from '../errors/errorText.ts';
import { formatDate } from '../i18n/format.ts';
import { KitPartsSteps } from './KitPartsSteps.tsx';
import { KitSheet, Words } from './KitSheet.tsx';
import { Printable } from './Printable.tsx';
import { makeQuestions } from './questions.ts';
import { t } from './recoveryKit.messages.ts';
import styles from './recovery-kit.module.css';
import { saveText } from './saveText.ts';
import { textOfKit } from './textOfKit.ts';
import { WordCheck } from './WordCheck.tsx';

/**
 * The sheet, then two of its words typed back, then `onDone`. The firm's words may be taken off the sheet and kept in three
 * parts. The heading above says `title` and `lead`: the caller's.
 */
export function RecoveryKitSteps(props: { kit: RecoveryKit; owner: string; onDone(): void }): JSX.Element {
  const client = useClient();
  const [step, setStep] = createSignal<'sheet' | 'parts' | 'check'>('sheet');
  const [parts, setParts] = createSignal<KitParts>();
  const [splitting, setSplitting] = createSignal(false);
  const [inParts, setInParts] = createSignal(false);
  let next!: HTMLButtonElement;
  const showSheet = (): void => {
    setStep('sheet');
    next.focus();
  };
  const kit = (): RecoveryKit => (inParts() ? { ...props.kit, firmWords: null } : props.kit);

  const split = async (): Promise<void> => {
    setSplitting(true);
    try {
      // Shown again they are the same: somebody may have printed them already.
      if (!parts()) setParts(await client.kit.split((props.kit.firmWords ?? []).join(' ')));
      setStep('parts');
    } catch (error) {
      showToast(errorText(error), { tone: 'bad' });
    } finally {
      setSplitting(false);
    }
  };
  const offer = (): JSX.Element => (
    <div class={styles['offer']}>
      <span>{t('parts.offerText')}</span>
      <Button variant="quiet" size="small" icon={<Split />} busy={splitting()} onClick={() => void split()}>
        {t('parts.offer')}
      </Button>
    </div>
  );
  const sheet = (own: JSX.Element): JSX.Element => (
    <KitSheet label={t('sheet')} firmName={kit().firmName} about={`${t('of', props.owner)} · ${t('made', formatDate(Date.now()))}`} fingerprint={kit().fingerprint}>
      <Words title={t('account')} hint={t('accountHint')} words={kit().accountWords} />
      <Show when={kit().firmWords}>{(words) => <Words title={t('firm')} hint={t('firmHint')} words={words()} below={own} />}</Show>
      <Show when={inParts()}>
        <section class={styles['part']}>
          <h3>{t('firm')}</h3>
          <p>{t('parts.kept', parts()!.split)}</p>
        </section>
      </Show>
    </KitSheet>
  );

  return (
    <Switch>
      <Match when={step() === 'sheet'}>
        <Printable sheets={() => sheet(offer())} />
        <Show when={inParts()}>
          <div class={styles['actions']}>
            <Button variant="quiet" size="small" onClick={() => setInParts(false)}>
              {t('parts.whole')}
            </Button>
          </div>
        </Show>
        <div class={styles['advice']}>
          <Banner tone="warn">{t('advice')}</Banner>
        </div>
        <div class={styles['actions']}>
          <Button icon={<Printer />} onClick={() => print()}>
            {t('print')}
          </Button>
          <Button icon={<Download />} onClick={() => saveText(t('fileName'), textOfKit(kit(), props.owner))}>
            {t('save')}
          </Button>
          <Button ref={next} variant="primary" onClick={() => setStep('check')}>
            {t('next')}
          </Button>
        </div>
      </Match>
      <Match when={step() === 'parts' && parts()}>
        {(made) => (
          <KitPartsSteps
            parts={made()}
            firmName={props.kit.firmName}
            onLeave={showSheet}
            onDone={() => {
              setInParts(true);
              showSheet();
            }}
          />
        )}
      </Match>
      <Match when={step() === 'check'}>
        <WordCheck title={t('checkTitle')} lead={t('checkLead')} back={t('back')} questions={makeQuestions(kit())} onBack={showSheet} onDone={() => props.onDone()} />
      </Match>
    </Switch>
  );
}
