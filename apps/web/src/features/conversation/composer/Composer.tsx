import ArrowUp from 'lucide-solid/icons/arrow-up';
import Reply from 'lucide-solid/icons/reply';
import X from 'lucide-solid/icons/x';
import { createEffect, createUniqueId, Show, type JSX } from 'solid-js';
import { formatNumber } from '../../../platform/i18n/format.ts';
import { visuallyHidden } from '../../../ui/visually-hidden/visuallyHidden.ts';
import { scriptOf } from '../text/scriptOf.ts';
import { t } from '../threadContext.ts';
import type { Composer as ComposerModel } from './createComposer.ts';
import styles from './composer.module.css';

export interface ComposerProps {
  composer: ComposerModel;
  /** Whom one writes to. */
  to: string;
  nameOf(mxid: string): string;
  setField(element: HTMLTextAreaElement): void;
  /** ↑ in the empty field. */
  onEditLast(): void;
  /** Escape with nothing left to unwind. */
  onLeave?: (() => void) | undefined;
  onSent(): void;
}

/** The field in which a message is written. It grows with its text; Enter sends, also beside an input method. */
export function Composer(props: ComposerProps): JSX.Element {
  const hint = createUniqueId();
  const left = (): number | null => props.composer.charactersLeft();
  const over = (): number => Math.max(0, -(left() ?? 0));
  let field: HTMLTextAreaElement | undefined;

  // Measuring lays the whole page out, in the middle of sending: left to the browser where it can (`field-sizing`).
  if (!globalThis.CSS?.supports?.('field-sizing', 'content')) {
    createEffect(() => {
      props.composer.text();
      if (!field) return;
      field.style.height = 'auto';
      field.style.height = `${field.scrollHeight}px`;
    });
  }

  function submit(): void {
    if (!props.composer.canSend()) return;
    void props.composer.submit();
    props.onSent();
    field?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    // While an input method composes, Enter chooses a candidate (Safari says so by 229 alone).
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      submit();
    } else if (event.key === 'ArrowUp' && props.composer.text() === '') {
      event.preventDefault();
      props.onEditLast();
    } else if (event.key === 'Escape') {
      if (props.composer.failure()) props.composer.dismissFailure();
      else if (props.composer.reply()) props.composer.cancelReply();
      else if (props.onLeave) props.onLeave();
      else return;
      event.stopPropagation();
    }
  }

  return (
    <form
      class={styles.composer}
      data-lower-edge
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div role="alert" class={styles.alert}>
        <Show when={props.composer.failure()}>
          {(code) => <p>{code() === 'MESSAGE_TOO_LONG' ? t('composer.tooLong', over(), formatNumber(over())) : t(code() === 'STORAGE_FULL' ? 'composer.full' : 'composer.refused')}</p>}
        </Show>
      </div>
      <div class={styles.box} onClick={(event) => event.target === event.currentTarget && field?.focus()}>
        <Show when={props.composer.reply()}>
          {(reply) => (
            <div class={styles.reply}>
              <Reply size={16} aria-hidden="true" />
              <div class={styles.replyText}>
                <b>{t('composer.replyingTo', props.nameOf(reply().sender))}</b>
                <span lang={scriptOf(reply().excerpt)}>{reply().excerpt}</span>
              </div>
              <button type="button" class={styles.cancel} aria-label={t('composer.cancelReply')} title={t('composer.cancelReply')} onClick={() => (props.composer.cancelReply(), field?.focus())}>
                <X size={16} aria-hidden="true" />
              </button>
            </div>
          )}
        </Show>
        <textarea
          ref={(element) => {
            field = element;
            props.setField(element);
          }}
          class={styles.field}
          rows={1}
          dir="auto"
          enterkeyhint="send"
          aria-label={t('composer.label', props.to)}
          aria-describedby={hint}
          placeholder={t('composer.label', props.to)}
          value={props.composer.text()}
          onInput={(event) => props.composer.input(event.currentTarget.value)}
          onFocus={() => props.composer.warmUp()}
          onBlur={() => props.composer.saveDraft()}
          onKeyDown={onKeyDown}
        />
        <span id={hint} class={visuallyHidden}>
          {t('composer.hint')}
        </span>
        <div class={styles.bar}>
          <Show when={left() !== null} fallback={<span class={styles.hint} aria-hidden="true">{t('composer.enter')}</span>}>
            <span class={styles.limit} data-over={over() > 0 ? '' : undefined} role="status">
              {over() > 0 ? t('composer.over', over(), formatNumber(over())) : t('composer.left', left()!, formatNumber(left()!))}
            </span>
          </Show>
          <button
            type="submit"
            class={styles.send}
            aria-disabled={props.composer.canSend() ? undefined : 'true'}
            // A tap on Send must not take the focus, and with it the keyboard, off the field.
            onPointerDown={(event) => event.preventDefault()}
            onMouseDown={(event) => event.preventDefault()}
          >
            <ArrowUp size={20} aria-hidden="true" />
            <span>{t('composer.send')}</span>
          </button>
        </div>
      </div>
    </form>
  );
}
