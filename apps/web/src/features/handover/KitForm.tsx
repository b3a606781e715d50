import { isBatonError } from '@baton/base';
import { createEffect, createSignal, Index, type JSX } from 'solid-js';
import { errorText } from '../../platform/errors/errorText.ts';
import { Button } from '../../ui/button/Button.tsx';
import { t } from './handover.messages.ts';
import styles from './handover.module.css';

const kitLength = 24;

/** Where in the kit a refusal points: counted from one; undefined: at no single word. */
function placeOf(problem: unknown): number | undefined {
  return isBatonError(problem, 'RECOVERY_WORD_UNKNOWN') ? Number(problem.details['position']) : undefined;
}

function sentenceOf(problem: unknown): string {
  if (isBatonError(problem, 'RECOVERY_WORD_UNKNOWN')) {
    const { position = 0, word = '', suggestion = '' } = problem.details;
    return suggestion === '' ? t('kit.unknown', Number(position), String(word)) : t('kit.suggest', Number(position), String(word), String(suggestion));
  }
  if (isBatonError(problem, 'RECOVERY_CODE_WRONG')) return t('kit.wrong');
  if (isBatonError(problem, 'WRONG_ROOT')) return t('kit.otherFirm');
  return problem === null ? '' : errorText(problem);
}

const words = (text: string): string[] => text.toLowerCase().split(/[^\p{L}]+/u).filter((word) => word !== '');

/** A field for each word, numbered as on the sheet. Pasted words spread over the fields. */
export function KitForm(props: { problem: unknown; busy: boolean; onWords(words: string): void; onWithout(): void }): JSX.Element {
  const [typed, setTyped] = createSignal<readonly string[]>(Array.from({ length: kitLength }, () => ''));
  const [missing, setMissing] = createSignal(0);
  const [corrected, setCorrected] = createSignal<unknown>();
  const fields: HTMLInputElement[] = [];
  const count = (): number => typed().filter((word) => word !== '').length;
  const problem = (): unknown => (corrected() === props.problem ? null : props.problem);
  const isWrong = (index: number): boolean => placeOf(problem()) === index + 1 || (missing() > 0 && typed()[index] === '');
  // At first the first one, later the one that was refused.
  createEffect(() => {
    const field = fields[(placeOf(props.problem) ?? 1) - 1];
    if (props.busy) return;
    field?.focus();
    field?.select();
  });

  const type = (index: number, text: string): void => {
    setMissing(0);
    if (placeOf(props.problem) === index + 1) setCorrected(props.problem);
    const found = words(text);
    const isSpread = found.length > 1 || (/\s$/.test(text) && found.length === 1);
    const start = found.length === kitLength ? 0 : index;
    setTyped((now) => now.map((word, at) => (isSpread && at >= start && at < start + found.length ? found[at - start]! : at === index && !isSpread ? text.trim() : word)));
    if (isSpread) fields[Math.min(start + found.length, kitLength - 1)]?.focus();
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    const first = typed().indexOf('');
    setMissing(kitLength - count());
    if (first >= 0) fields[first]?.focus();
    else if (!props.busy) props.onWords(typed().join(' '));
  };

  return (
    <form class={styles['kit']} onSubmit={submit} aria-label={t('kit.title')}>
      <h3 class={styles['legend']}>{t('kit.title')}</h3>
      <p class={styles['quiet']}>{t('kit.text')}</p>
      <ol class={styles['words24']} lang="en">
        <Index each={typed()}>
          {(word, index) => (
            <li class={styles['word']} data-wrong={isWrong(index) ? '' : undefined}>
              <span aria-hidden="true">{index + 1}</span>
              <input
                ref={(input) => (fields[index] = input)}
                aria-label={t('kit.word', index + 1)}
                aria-invalid={isWrong(index) ? 'true' : undefined}
                aria-describedby={isWrong(index) ? 'kit-problem' : undefined}
                autocomplete="off"
                autocapitalize="none"
                autocorrect="off"
                spellcheck={false}
                value={word()}
                onInput={(event) => {
                  type(index, event.currentTarget.value);
                  event.currentTarget.value = typed()[index]!;
                }}
              />
            </li>
          )}
        </Index>
      </ol>
      <p id="kit-problem" class={styles['error']} role="alert">
        {missing() > 0 ? t('kit.missing', missing()) : sentenceOf(problem())}
      </p>
      <div class={styles['kitFoot']}>
        <span class={styles['quiet']}>
          {t('kit.count', count())} · {t('kit.paste')}
        </span>
        <Button variant="quiet" onClick={() => props.onWithout()}>
          {t('kit.without')}
        </Button>
        <Button variant="primary" type="submit" busy={props.busy}>
          {t('kit.submit')}
        </Button>
      </div>
    </form>
  );
}
