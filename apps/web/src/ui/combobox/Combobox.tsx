import { Combobox as Ark, createListCollection } from '@ark-ui/solid/combobox';
import Check from 'lucide-solid/icons/check';
import ChevronDown from 'lucide-solid/icons/chevron-down';
import { createEffect, createMemo, createSignal, For, on, onCleanup, Show, type JSX } from 'solid-js';
import { Portal } from 'solid-js/web';
import overlay from '../overlay/overlay.module.css';
import { useOverlayMount } from '../overlay/overlayMount.ts';
import { Spinner } from '../spinner/Spinner.tsx';
import fieldStyles from '../text-field/field.module.css';
import { uiText } from '../ui.messages.ts';
import { visuallyHidden } from '../visually-hidden/visuallyHidden.ts';
import styles from './combobox.module.css';

export interface ComboboxOption {
  value: string;
  label: string;
  hint?: string;
  /** For example an avatar. */
  before?: JSX.Element;
}

export interface ComboboxProps {
  label: string;
  hideLabel?: boolean;
  error?: string | undefined;
  placeholder?: string;
  /** A dialog that opens begins here. */
  autofocus?: boolean;
  /** The choices for what is typed. A list at hand answers at once; a search on the server returns a promise. */
  search(text: string): readonly ComboboxOption[] | Promise<readonly ComboboxOption[]>;
  /** What is chosen now; shown in the field. Always null: each choice is taken, and the field is empty for the next one. */
  value: ComboboxOption | null;
  onChange(option: ComboboxOption | null): void;
  /** When nothing fits: offers to make it. */
  create?: { label(text: string): string; onCreate(text: string): void };
}

const createValue = '\u0000create';

/** Choose one of many by typing. Late answers to earlier letters are dropped. */
export function Combobox(props: ComboboxProps): JSX.Element {
  const mount = useOverlayMount();
  const [text, setText] = createSignal('');
  const [options, setOptions] = createSignal<readonly ComboboxOption[]>([]);
  const [searching, setSearching] = createSignal(false);
  let turn = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));

  const look = (typed: string): void => {
    const mine = ++turn;
    const found = props.search(typed);
    if (!(found instanceof Promise)) {
      setOptions(found);
      return;
    }
    setSearching(true);
    void found
      .then((answer) => mine === turn && setOptions(answer))
      .catch(() => mine === turn && setOptions([]))
      .finally(() => mine === turn && setSearching(false));
  };
  const type = (typed: string): void => {
    setText(typed);
    clearTimeout(timer);
    timer = setTimeout(() => look(typed), 120);
  };

  const shown = createMemo((): readonly ComboboxOption[] => {
    const typed = text().trim();
    const exact = options().some((option) => option.label.toLowerCase() === typed.toLowerCase());
    return props.create && typed && !exact && !searching() ? [...options(), { value: createValue, label: props.create.label(typed) }] : options();
  });
  const collection = createMemo(() => createListCollection({ items: [...shown()], itemToString: (option) => option.label }));
  const [input, setInput] = createSignal(props.value?.label ?? '');
  createEffect(on(() => props.value, (value) => setInput(value?.label ?? ''), { defer: true }));

  const choose = (value: string | undefined): void => {
    if (value === createValue) props.create?.onCreate(text().trim());
    else props.onChange(options().find((option) => option.value === value) ?? null);
  };

  /** With the list closed Escape belongs to what is around, such as a dialog; Ark would keep it. */
  const letEscapePass = (control: HTMLElement): void =>
    control.addEventListener(
      'keydown',
      (event) => {
        const isOpen = control.querySelector('[role=combobox]')?.getAttribute('aria-expanded') === 'true';
        if (event.key === 'Escape' && !isOpen) event.stopPropagation();
      },
      { capture: true },
    );

  return (
    <Ark.Root
      class={fieldStyles['field']}
      collection={collection()}
      inputValue={input()}
      value={props.value ? [props.value.value] : []}
      inputBehavior="autohighlight"
      openOnClick
      lazyMount
      unmountOnExit
      positioning={{ sameWidth: true, gutter: 4, strategy: 'fixed' }}
      translations={{ triggerLabel: uiText('open'), clearTriggerLabel: uiText('clear') }}
      onInputValueChange={(details) => {
        // What is chosen shows itself through `value`: whoever takes a choice and keeps none wants the field for the next one.
        setInput(details.reason === 'item-select' ? (props.value?.label ?? '') : details.inputValue);
        if (details.reason === 'input-change') type(details.inputValue);
      }}
      onOpenChange={(details) => {
        // What opened by typing shows the choices for what was typed.
        if (!details.open || details.reason === 'input-change') return;
        setText('');
        look('');
      }}
      onValueChange={(details) => choose(details.value[0])}
    >
      <Ark.Label class={fieldStyles['label']} classList={{ [visuallyHidden]: props.hideLabel ?? false }}>
        {props.label}
      </Ark.Label>
      <Ark.Control ref={letEscapePass} class={fieldStyles['box']}>
        <Ark.Input class={fieldStyles['input']} placeholder={props.placeholder} data-autofocus={props.autofocus ? '' : undefined} aria-invalid={props.error ? 'true' : undefined} />
        <Show when={searching()}>
          <Spinner size={14} label={null} />
        </Show>
        <Ark.Trigger class={styles['trigger']}>
          <ChevronDown />
        </Ark.Trigger>
      </Ark.Control>
      <div aria-live="polite">
        <Show when={props.error}>
          <p class={fieldStyles['error']}>{props.error}</p>
        </Show>
      </div>
      <Portal mount={mount()}>
        <Ark.Positioner>
          <Ark.Content class={`${overlay['panel']} ${overlay['list']} ${styles['panel']}`}>
            <For
              each={shown()}
              fallback={
                <div class={overlay['quiet']} role="status">
                  {searching() ? uiText('loading') : uiText('noMatches')}
                </div>
              }
            >
              {(option) => (
                <Ark.Item item={option} class={overlay['item']}>
                  {option.before}
                  <Ark.ItemText class={overlay['words']}>{option.label}</Ark.ItemText>
                  <Show when={option.hint}>
                    <span class={overlay['hint']}>{option.hint}</span>
                  </Show>
                  <Ark.ItemIndicator>
                    <Check size={15} />
                  </Ark.ItemIndicator>
                </Ark.Item>
              )}
            </For>
          </Ark.Content>
        </Ark.Positioner>
      </Portal>
    </Ark.Root>
  );
}
