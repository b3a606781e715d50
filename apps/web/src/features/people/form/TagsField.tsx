import X from 'lucide-solid/icons/x';
import { createSignal, For, Show, type JSX } from 'solid-js';
import { TextField } from '../../../ui/text-field/TextField.tsx';
import { t } from '../people.messages.ts';
import styles from './form.module.css';

/** Words that mark a person. Enter or a comma ends one, Backspace in the empty field takes the last one back. */
export function TagsField(props: { tags: readonly string[]; onChange(tags: string[]): void; error: string | undefined }): JSX.Element {
  const [text, setText] = createSignal('');
  const add = (typed: string): void => {
    const fresh = typed.split(/[,，、;；]/).map((tag) => tag.trim()).filter((tag) => tag !== '');
    props.onChange([...new Set([...props.tags, ...fresh])]);
    setText('');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === 'Enter' && text().trim() !== '') {
      event.preventDefault();
      add(text());
    } else if (event.key === 'Backspace' && text() === '') {
      props.onChange(props.tags.slice(0, -1));
    }
  };
  return (
    <div class={styles['tagsField']}>
      <TextField
        label={t('form.tags')}
        hint={t('form.tagsHint')}
        error={props.error}
        value={text()}
        onValue={(value) => (/[,，、;；]/.test(value) ? add(value) : setText(value))}
        onKeyDown={onKeyDown}
        onBlur={() => text().trim() !== '' && add(text())}
        autocomplete="off"
      />
      <Show when={props.tags.length > 0}>
        <ul class={styles['tags']}>
          <For each={props.tags}>
            {(tag) => (
              <li class={styles['tag']}>
                {tag}
                <button type="button" aria-label={t('form.removeTag', tag)} onClick={() => props.onChange(props.tags.filter((other) => other !== tag))}>
                  <X size={12} />
                </button>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </div>
  );
}
