import { createMemo, createSignal, Show, type JSX } from 'solid-js';
import { Button } from '../../../ui/button/Button.tsx';
import { TextArea } from '../../../ui/text-area/TextArea.tsx';
import { t } from '../inbox.messages.ts';
import styles from './side.module.css';

export interface NoteFormProps {
  body: string;
  submit: string;
  /** Who will read it. */
  hint: string;
  /** Names the field where there are several. */
  label?: string;
  placeholder?: string;
  maxLength?: number;
  /** Further fields, shown once something is written. */
  children?: JSX.Element;
  /** Why it was not saved; left out: that it was not. */
  failure?: (error: unknown) => string;
  onSubmit(body: string): Promise<void>;
  onCancel?: () => void;
}

/** Writes a note. The text stays in the field until it is saved. */
export function NoteForm(props: NoteFormProps): JSX.Element {
  const [body, setBody] = createSignal(props.body);
  const [busy, setBusy] = createSignal(false);
  const [failure, setFailure] = createSignal<{ error: unknown }>();
  // Asked anew when the language changes, or rare sentences have come.
  const failureText = createMemo(() => failure() && (props.failure?.(failure()!.error) ?? t('notes.failed')));

  async function submit(): Promise<void> {
    if (body().trim() === '' || busy()) return;
    setBusy(true);
    setFailure();
    try {
      await props.onSubmit(body().trim());
      setBody('');
    } catch (error) {
      setFailure({ error });
    } finally {
      setBusy(false);
    }
  }

  return (
    <form
      class={styles.noteForm}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      onKeyDown={(event) => {
        if (event.isComposing || event.keyCode === 229) return;
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void submit();
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        if (props.onCancel) props.onCancel();
        else (event.target as HTMLElement).blur();
      }}
    >
      <TextArea
        label={props.label ?? t('notes.label')}
        hideLabel
        placeholder={props.placeholder ?? t('notes.placeholder')}
        value={body()}
        onValue={setBody}
        error={failureText()}
        maxLength={props.maxLength}
        ref={(element) => props.onCancel && queueMicrotask(() => element.focus())}
      />
      <Show when={body().trim() !== '' || props.onCancel}>
        {props.children}
        <div class={styles.noteButtons}>
          <Show when={props.onCancel}>
            {(cancel) => (
              <Button size="small" variant="quiet" onClick={() => cancel()()}>
                {t('notes.cancel')}
              </Button>
            )}
          </Show>
          <Button size="small" type="submit" busy={busy()} shortcut="Mod+Enter">
            {props.submit}
          </Button>
        </div>
        <p class={styles.quiet}>{props.hint}</p>
      </Show>
    </form>
  );
}
