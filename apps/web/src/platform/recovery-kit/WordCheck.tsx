import { createSignal, For, onMount, type JSX } from 'solid-js';
import { Button } from '../../ui/button/Button.tsx';
import { TextField } from '../../ui/text-field/TextField.tsx';
import { isAnswer, type Question } from './questions.ts';
import { t } from './recoveryKit.messages.ts';
import styles from './recovery-kit.module.css';

const labelOf = ({ of, position }: Question): string => {
  if (of === 'firm') return t('firmWord', position);
  return of === 'account' ? t('accountWord', position) : t('parts.word', of, position);
};

/** Asks some words of the sheets back: whoever types them has the sheets. */
export function WordCheck(props: { title: string; lead: string; back: string; questions: readonly Question[]; onBack(): void; onDone(): void }): JSX.Element {
  // Drawn once: they are random.
  const { questions } = props;
  const [answers, setAnswers] = createSignal<readonly string[]>(questions.map(() => ''));
  let form!: HTMLFormElement;
  onMount(() => form.querySelector('input')?.focus());
  const [judged, setJudged] = createSignal(false);
  const isWrong = (at: number): boolean => judged() && !isAnswer(questions[at]!, answers()[at]!);
  const confirm = (event: Event): void => {
    event.preventDefault();
    setJudged(true);
    if (!questions.some((_, at) => isWrong(at))) props.onDone();
  };
  return (
    <form ref={form} class={styles['check']} onSubmit={confirm}>
      <h2>{props.title}</h2>
      <p>{props.lead}</p>
      <For each={questions}>
        {(question, at) => (
          <TextField
            label={labelOf(question)}
            value={answers()[at()]!}
            onValue={(typed) => setAnswers((now) => now.with(at(), typed))}
            error={isWrong(at()) ? t('wrong') : undefined}
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            lang="en"
          />
        )}
      </For>
      <div class={styles['actions']}>
        <Button variant="quiet" onClick={() => props.onBack()}>
          {props.back}
        </Button>
        <Button type="submit" variant="primary">
          {t('confirm')}
        </Button>
      </div>
    </form>
  );
}
