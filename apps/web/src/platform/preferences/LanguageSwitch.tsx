import type { JSX } from 'solid-js';
import { locale } from './preferences.ts';

/** One press to the other language, named in that language. */
export function LanguageSwitch(props: { class?: string | undefined; icon?: JSX.Element }): JSX.Element {
  const other = () => (locale.value() === 'en' ? 'zh-CN' : 'en');
  return (
    <button type="button" class={props.class} lang={other()} aria-label={other() === 'en' ? 'Switch to English' : '切换到中文'} onClick={() => locale.set(other())}>
      {props.icon}
      {other() === 'en' ? 'English' : '中文'}
    </button>
  );
}
