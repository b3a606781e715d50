import { createSignal, onCleanup, onMount, type Accessor, type Component } from 'solid-js';
import { singleKeys } from '../preferences/preferences.ts';
import { chordOf, isSingleKey, isWriting } from './chords.ts';

/** Something one can do here: by key, and from the command menu. */
export interface Action {
  /** Stays the same while its label changes. */
  id: string;
  label: string;
  /** Under which heading the command menu and the help show it. */
  group: string;
  icon?: Component<{ size?: number }>;
  /** `Mod+k`, `j`, `g i` (one after the other), `?`. */
  keys?: string;
  /** Words that find it besides its label. */
  keywords?: string;
  /** False keeps it out of the command menu (J, K: pointless there). */
  inMenu?: boolean;
  act(): void;
}

const [sources, setSources] = createSignal<readonly Accessor<readonly Action[]>[]>([]);

/** All that can be done at this moment, the innermost view's first. Reactive. */
export const currentActions: Accessor<readonly Action[]> = () => {
  const seen = new Set<string>();
  return sources()
    .toReversed()
    .flatMap((source) => source())
    .filter((action) => !seen.has(action.id) && seen.add(action.id));
};

/** Offers actions as long as the calling component lives. With the same keys the innermost view wins. */
export function createActions(actions: Accessor<readonly Action[]>): void {
  setSources((now) => [...now, actions]);
  onCleanup(() => setSources((now) => now.filter((source) => source !== actions)));
}

/** How long the second key of a sequence may take, in milliseconds. */
const sequencePause = 900;

/** Lets keys act. Once per page. Not while one writes, except chords with Ctrl or Cmd; not behind an open dialog. */
export function createKeyboard(): void {
  let prefix = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  const onKeyDown = (event: KeyboardEvent): void => {
    const chord = chordOf(event);
    if (chord === undefined || event.defaultPrevented || event.repeat) return;
    const writing = isWriting(event);
    if (isSingleKey(chord) && (writing || singleKeys.value() === 'off')) return;
    if (writing && !chord.startsWith('Mod+')) return;
    if (document.querySelector('dialog[open]')) return;
    // Menus, lists and tabs have their own keys.
    if (isSingleKey(chord) && (event.target as HTMLElement).closest?.('[role=menu],[role=listbox]')) return;
    clearTimeout(timer);
    const typed = prefix === '' ? chord : `${prefix} ${chord}`;
    const actions = currentActions();
    const hit = actions.find((action) => action.keys === typed) ?? actions.find((action) => action.keys === chord);
    prefix = '';
    if (hit) {
      event.preventDefault();
      hit.act();
    } else if (actions.some((action) => action.keys?.startsWith(`${chord} `))) {
      prefix = chord;
      timer = setTimeout(() => (prefix = ''), sequencePause);
    }
  };
  onMount(() => {
    addEventListener('keydown', onKeyDown);
    onCleanup(() => removeEventListener('keydown', onKeyDown));
  });
}
