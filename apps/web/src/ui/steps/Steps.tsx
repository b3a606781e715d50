import CircleAlert from 'lucide-solid/icons/circle-alert';
import CircleCheck from 'lucide-solid/icons/circle-check';
import CircleDashed from 'lucide-solid/icons/circle-dashed';
import CircleX from 'lucide-solid/icons/circle-x';
import Hourglass from 'lucide-solid/icons/hourglass';
import WifiOff from 'lucide-solid/icons/wifi-off';
import { For, Show, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { Spinner } from '../spinner/Spinner.tsx';
import styles from './steps.module.css';

/** How a step stands: to come, under way, held up by the network, done, done in part, put off, or refused. */
export type StepLook = 'waiting' | 'running' | 'reconnecting' | 'done' | 'partly' | 'planned' | 'refused';

const icons = { waiting: CircleDashed, reconnecting: WifiOff, done: CircleCheck, partly: CircleAlert, planned: Hourglass, refused: CircleX } satisfies Record<Exclude<StepLook, 'running'>, unknown>;

/**
 * A work in steps, one a line: what it is about and how it stands. `dense` for many of few words: one line each, which scroll;
 * else what is said stands below the name. `live` lines are read out when they change.
 */
export function Steps<Item>(props: { label: string; each: readonly Item[]; dense?: boolean; live?: boolean; children(item: Item): JSX.Element }): JSX.Element {
  return (
    <ul class={styles['steps']} data-dense={props.dense ? '' : undefined} aria-label={props.label} {...(props.live && { 'aria-live': 'polite' as const })} {...(props.dense && { tabindex: '0' })}>
      <For each={props.each}>{(item) => props.children(item)}</For>
    </ul>
  );
}

/** One of them. `warning`: what is to be known besides. */
export function StepLine(props: { look: StepLook; name: string; said: string; warning?: string | undefined }): JSX.Element {
  return (
    <li class={styles['step']} data-look={props.look}>
      <span class={styles['icon']} aria-hidden="true">
        <Show when={props.look !== 'running'} fallback={<Spinner size={18} label={null} />}>
          <Dynamic component={icons[props.look as keyof typeof icons]} />
        </Show>
      </span>
      <span class={styles['words']}>
        <span class={styles['name']}>{props.name}</span>
        <span class={styles['said']}>{props.said}</span>
        {props.warning && <span class={styles['warning']}>{props.warning}</span>}
      </span>
    </li>
  );
}
