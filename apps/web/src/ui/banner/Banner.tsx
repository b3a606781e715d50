import CircleAlert from 'lucide-solid/icons/circle-alert';
import Info from 'lucide-solid/icons/info';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import { Show, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import styles from './banner.module.css';

const icons = { info: Info, warn: TriangleAlert, bad: CircleAlert };

/** A sentence about the state of things that stays until it is over. Errors are announced at once, the rest when there is time. */
export function Banner(props: { tone?: 'info' | 'warn' | 'bad'; icon?: JSX.Element; action?: JSX.Element; children: JSX.Element }): JSX.Element {
  const tone = (): 'info' | 'warn' | 'bad' => props.tone ?? 'info';
  return (
    <div class={`${styles['banner']} ${styles[tone()]}`} role={tone() === 'bad' ? 'alert' : 'status'}>
      <span class={styles['icon']}>
        <Show when={props.icon} fallback={<Dynamic component={icons[tone()]} />}>
          {props.icon}
        </Show>
      </span>
      <div class={styles['text']}>{props.children}</div>
      <Show when={props.action}>
        <div class={styles['action']}>{props.action}</div>
      </Show>
    </div>
  );
}
