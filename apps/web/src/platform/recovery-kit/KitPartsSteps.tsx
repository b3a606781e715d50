import Download from 'lucide-solid/icons/download';
import Printer from 'lucide-solid/icons/printer';
import { createSignal, For, onMount, Show, type JSX } from 'solid-js';
import type { KitParts } from '../../session/contract.ts';
import { Banner } from '../../ui/banner/Banner.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { formatDate } from '../i18n/format.ts';
import { KitSheet, Words } from './KitSheet.tsx';
import { Printable } from './Printable.tsx';
import { questionsOfParts } from './questions.ts';
import { t } from './recoveryKit.messages.ts';
import styles from './recovery-kit.module.css';
import { saveText } from './saveText.ts';
import { textOfPart } from './textOfKit.ts';
import { WordCheck } from './WordCheck.tsx';

/** Three sheets, a page each when printed, then a word of each typed back, then `onDone`. */
export function KitPartsSteps(props: { parts: KitParts; firmName: string; onLeave?(): void; onDone(): void }): JSX.Element {
  const [checking, setChecking] = createSignal(false);
  return (
    <Show
      when={!checking()}
      fallback={
        <WordCheck
          title={t('parts.checkTitle')}
          lead={t('parts.checkLead')}
          back={t('parts.back')}
          questions={questionsOfParts(props.parts.parts)}
          onBack={() => setChecking(false)}
          onDone={() => props.onDone()}
        />
      }
    >
      <Sheets {...props} onNext={() => setChecking(true)} />
    </Show>
  );
}

function Sheets(props: { parts: KitParts; firmName: string; onLeave?(): void; onNext(): void }): JSX.Element {
  let title!: HTMLHeadingElement;
  onMount(() => title.focus());
  const sheets = (): JSX.Element => (
    <For each={props.parts.parts}>
      {(words, at) => (
        <KitSheet label={t('parts.sheet', at() + 1)} firmName={props.firmName} about={`${t('sheet')} · ${t('parts.split', props.parts.split)} · ${t('made', formatDate(Date.now()))}`} fingerprint={props.parts.fingerprint}>
          <Words
            title={t('parts.sheet', at() + 1)}
            hint={t('parts.sheetHint')}
            words={words}
            below={
              <div class={styles['offer']}>
                <Button variant="quiet" size="small" icon={<Download />} onClick={() => saveText(t('parts.fileName', at() + 1), textOfPart(props.parts, at() + 1, props.firmName))}>
                  {t('parts.save', at() + 1)}
                </Button>
              </div>
            }
          />
        </KitSheet>
      )}
    </For>
  );
  return (
    <div class={styles['three']}>
      <h2 ref={title} tabindex="-1">
        {t('parts.title')}
      </h2>
      <p>{t('parts.lead')}</p>
      <Printable sheets={sheets} />
      <div class={styles['advice']}>
        <Banner tone="warn">{t('parts.advice')}</Banner>
      </div>
      <div class={styles['actions']}>
        <Show when={props.onLeave}>
          {(leave) => (
            <Button variant="quiet" onClick={() => leave()()}>
              {t('parts.leave')}
            </Button>
          )}
        </Show>
        <Button icon={<Printer />} onClick={() => print()}>
          {t('parts.print')}
        </Button>
        <Button variant="primary" onClick={() => props.onNext()}>
          {t('parts.next')}
        </Button>
      </div>
    </div>
  );
}
