import Check from 'lucide-solid/icons/check';
import { createEffect, createSignal, For, on, onCleanup, onMount, Show, type JSX } from 'solid-js';
import { isBatonError } from '@baton/base';
import type { KitReading } from '../../session/contract.ts';
import { Button } from '../../ui/button/Button.tsx';
import { TextArea } from '../../ui/text-area/TextArea.tsx';
import { useClient } from '../client/clientContext.ts';
import { errorText } from '../errors/errorText.ts';
import styles from './kit-form.module.css';
import { t } from './kitForm.messages.ts';
import { isUnfinished, placeOf, problemText, rangeOf, type KitProblem } from './kitProblem.ts';

/** Somebody types on: what is read of the words has to keep up with reading, not with fingers. */
const pauseMs = 250;

/**
 * The firm's recovery kit in one field: its 24 words or two of its three parts, typed or pasted. It says what it recognises and
 * which word is wrong, and gives the words on only when they open the firm. `problem`: what came of those given on; `text`: why
 * they are asked for, where nothing around says so.
 */
export function KitForm(props: { title: string; text?: string; submit: string; leave: string; problem?: unknown; busy: boolean; onWords(words: string): void; onLeave(): void }): JSX.Element {
  const client = useClient();
  const [typed, setTyped] = createSignal('');
  const [reading, setReading] = createSignal<KitReading>();
  const [checking, setChecking] = createSignal(false);
  /** Said although one may still be at it. */
  const [refused, setRefused] = createSignal<KitProblem>();
  let field!: HTMLTextAreaElement;
  let latest = 0;

  const read = async (): Promise<KitReading | undefined> => {
    const turn = ++latest;
    const found = await client.kit.read(typed());
    if (turn !== latest) return undefined;
    return setReading(found);
  };
  const point = (problem: KitProblem): void => {
    const range = rangeOf(typed(), placeOf(problem));
    field.focus();
    if (range) field.setSelectionRange(...range);
  };
  const show = (error: unknown): void => {
    const problem = isBatonError(error) ? { code: error.code, details: error.details } : { code: 'UNEXPECTED', details: {} };
    if (!isBatonError(error)) errorText(error);
    setRefused(problem);
    point(problem);
  };
  onMount(() => field.focus());
  createEffect(on(() => props.problem, (problem) => problem && show(problem)));
  createEffect(
    on(
      typed,
      () => {
        setRefused();
        const timer = setTimeout(() => void read().catch(() => undefined), pauseMs);
        onCleanup(() => clearTimeout(timer));
      },
      { defer: true },
    ),
  );
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (props.busy || checking()) return;
    setChecking(true);
    try {
      const found = await read();
      if (found?.problem) {
        setRefused(found.problem);
        point(found.problem);
      } else if (found) props.onWords(typed());
    } catch (error) {
      show(error);
    } finally {
      setChecking(false);
    }
  };
  /** Words of a second part that is pasted right behind the first must not grow together with it. */
  const onPaste = (): void => {
    const { selectionStart, selectionEnd, value } = field;
    if (selectionStart === selectionEnd && /\p{L}$/u.test(value.slice(0, selectionStart))) field.setRangeText('\n', selectionStart, selectionStart, 'end');
  };
  const problem = (): KitProblem | undefined => {
    const found = reading()?.problem;
    return refused() ?? (found && !isUnfinished(found, typed()) ? found : undefined);
  };
  const missing = (): string => {
    const now = reading();
    if (!now || now.words === 0) return t('paste');
    if (now.holds === 'kit' || problem()) return '';
    const beyond = now.words - now.parts.length * 32;
    if (now.parts.length === 0) return t('count', now.words);
    if (now.problem === null) return '';
    return beyond > 0 ? t('next', beyond) : t('oneMore');
  };

  return (
    <form class={styles['form']} onSubmit={(event) => void submit(event)} aria-label={props.title}>
      <Show when={props.text}>
        <h3 class={styles['title']}>{props.title}</h3>
        <p class={styles['quiet']}>{props.text}</p>
      </Show>
      <div class={styles['field']}>
        <TextArea
          label={t('label')}
          error={problem() && problemText(problem()!)}
          rows={4}
          lang="en"
          autocomplete="off"
          autocapitalize="none"
          autocorrect="off"
          spellcheck={false}
          class={styles['words'] ?? ''}
          ref={(element) => (field = element)}
          value={typed()}
          onValue={setTyped}
          onPaste={onPaste}
        />
      </div>
      <div class={styles['foot']}>
        <span class={styles['found']} role="status">
          <Show when={reading()?.holds === 'kit'}>
            <span class={styles['good']}>
              <Check size={14} aria-hidden="true" />
              {t('whole')}
            </span>
          </Show>
          <For each={reading()?.parts}>
            {(number) => (
              <span class={styles['good']}>
                <Check size={14} aria-hidden="true" />
                {t('part', number)}
              </span>
            )}
          </For>
          <span class={styles['quiet']}>{missing()}</span>
        </span>
        <Button variant="quiet" onClick={() => props.onLeave()}>
          {props.leave}
        </Button>
        <Button variant="primary" type="submit" busy={props.busy || checking()}>
          {props.submit}
        </Button>
      </div>
    </form>
  );
}
