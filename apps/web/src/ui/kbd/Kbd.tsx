import { For, type JSX } from 'solid-js';
import styles from './kbd.module.css';

const isApple = /Mac|iPhone|iPad/.test(navigator.platform);
const names: Record<string, string> = {
  Mod: isApple ? '⌘' : 'Ctrl',
  Shift: isApple ? '⇧' : 'Shift',
  Alt: isApple ? '⌥' : 'Alt',
  Enter: '↵',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
};

/** How a chord such as `Mod+k` is printed on this machine's keys. */
export function keyNames(chord: string): string[] {
  return chord.split('+').map((key) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key));
}

/** A shortcut: `Mod+k`, `g i` (one after the other), `?`. */
export function Kbd(props: { keys: string }): JSX.Element {
  return (
    <span class={styles['keys']}>
      <For each={props.keys.split(' ').flatMap(keyNames)}>{(key) => <kbd class={styles['key']}>{key}</kbd>}</For>
    </span>
  );
}
