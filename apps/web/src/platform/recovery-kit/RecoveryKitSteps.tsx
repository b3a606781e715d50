import Download from 'lucide-solid/icons/download';
import Printer from 'lucide-solid/icons/printer';
import { createSignal, For, Show, type JSX } from 'solid-js';
import type { RecoveryKit } from '../../session/contract.ts';
import { Banner } from '../../ui/banner/Banner.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { TextField } from '../../ui/text-field/TextField.tsx';
import { formatDate } from '../i18n/format.ts';
import { isAnswer, makeQuestions } from './questions.ts';
import { t } from './recoveryKit.messages.ts';
import styles from './recovery-kit.module.css';
import { textOfKit } from './textOfKit.ts';

function Words(props: { title: string; hint: string; words: readonly string[] }): JSX.Element {
  return (
    <section class={styles['part']}>
      <h3>{props.title}</h3>
      <p>{props.hint}</p>
      <ol class={styles['words']} lang="en" translate="no">
        <For each={props.words}>{(word) => <li>{word}</li>}</For>
      </ol>
    </section>
  );
}

/** The sheet, then two of its words typed back, then `onDone`. The heading above says `title` and `lead`: the caller's. */
export function RecoveryKitSteps(props: { kit: RecoveryKit; owner: string; onDone(): void }): JSX.Element {
  const [checking, setChecking] = createSignal(false);
  const save = (): void => {
    const url = URL.createObjectURL(new Blob([textOfKit(props.kit, props.owner)], { type: 'text/plain;charset=utf-8' }));
    const anchor = document.createElement('a');
    anchor.href = url;
    anchor.download = t('fileName');
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  };
  return (
    <Show when={!checking()} fallback={<Check kit={props.kit} onBack={() => setChecking(false)} onDone={() => props.onDone()} />}>
      <article class={styles['sheet']} aria-label={t('sheet')}>
        <header class={styles['head']}>
          <div>
            <h2>{props.kit.firmName}</h2>
            <p>
              {t('of', props.owner)} · {t('made', formatDate(Date.now()))}
            </p>
          </div>
          <div class={styles['fingerprint']}>
            <span>{t('fingerprint')}</span>
            <code translate="no">{props.kit.fingerprint}</code>
          </div>
        </header>
        <Words title={t('account')} hint={t('accountHint')} words={props.kit.accountWords} />
        <Show when={props.kit.firmWords}>{(words) => <Words title={t('firm')} hint={t('firmHint')} words={words()} />}</Show>
      </article>
      <div class={styles['advice']}>
        <Banner tone="warn">{t('advice')}</Banner>
      </div>
      <div class={styles['actions']}>
        <Button icon={<Printer />} onClick={() => print()}>
          {t('print')}
        </Button>
        <Button icon={<Download />} onClick={save}>
          {t('save')}
        </Button>
        <Button variant="primary" onClick={() => setChecking(true)}>
          {t('next')}
        </Button>
      </div>
    </Show>
  );
}

function Check(props: { kit: RecoveryKit; onBack(): void; onDone(): void }): JSX.Element {
  const questions = makeQuestions(props.kit);
  const [answers, setAnswers] = createSignal<[string, string]>(['', '']);
  const [judged, setJudged] = createSignal(false);
  const wrong = (at: 0 | 1): boolean => judged() && !isAnswer(questions[at], answers()[at]);
  const confirm = (event: Event): void => {
    event.preventDefault();
    setJudged(true);
    if (!wrong(0) && !wrong(1)) props.onDone();
  };
  return (
    <form class={styles['check']} onSubmit={confirm}>
      <h2>{t('checkTitle')}</h2>
      <p>{t('checkLead')}</p>
      <For each={[0, 1] as const}>
        {(at) => (
          <TextField
            label={questions[at].of === 'firm' ? t('firmWord', questions[at].position) : t('accountWord', questions[at].position)}
            value={answers()[at]}
            onValue={(typed) => setAnswers(([first, second]) => (at === 0 ? [typed, second] : [first, typed]))}
            error={wrong(at) ? t('wrong') : undefined}
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            lang="en"
          />
        )}
      </For>
      <div class={styles['actions']}>
        <Button variant="quiet" onClick={() => props.onBack()}>
          {t('back')}
        </Button>
        <Button type="submit" variant="primary">
          {t('confirm')}
        </Button>
      </div>
    </form>
  );
}
