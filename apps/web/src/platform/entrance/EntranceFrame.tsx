import Languages from 'lucide-solid/icons/languages';
import { onMount, Show, type JSX } from 'solid-js';
import { Logo } from '../../ui/logo/Logo.tsx';
import '../../ui/tokens/fonts.css';
import { loadAllErrors } from '../errors/errorText.ts';
import { LanguageSwitch } from '../preferences/LanguageSwitch.tsx';
import styles from './entrance.module.css';

/** The frame of the pages before one is in: a mark, a card, the language. */
export function EntranceFrame(props: { title: string; lead?: JSX.Element; wide?: boolean; above?: JSX.Element; children: JSX.Element; below?: JSX.Element }): JSX.Element {
  onMount(() => void loadAllErrors());
  return (
    <div class={styles['page']}>
      <header class={styles['top']}>
        <span class={styles['brand']}>
          <Logo size={26} />
          Baton
        </span>
        <LanguageSwitch class={styles['language']} icon={<Languages size={15} aria-hidden="true" />} />
      </header>
      <main class={styles['middle']} classList={{ [styles['wide']!]: props.wide ?? false }}>
        {props.above}
        <div class={styles['card']}>
          <h1 class={styles['title']}>{props.title}</h1>
          <Show when={props.lead}>
            <p class={styles['lead']}>{props.lead}</p>
          </Show>
          {props.children}
        </div>
        <Show when={props.below}>
          <div class={styles['below']}>{props.below}</div>
        </Show>
      </main>
    </div>
  );
}
