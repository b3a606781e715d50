import Copy from 'lucide-solid/icons/copy';
import { For, type JSX } from 'solid-js';
import type { HandleKind, PersonRecordFragment } from '../../../generated/graphql.ts';
import { copyText } from '../../../platform/clipboard/copyText.ts';
import { IconButton } from '../../../ui/icon-button/IconButton.tsx';
import { showToast } from '../../../ui/toast/toasts.ts';
import { t } from '../people.messages.ts';
import styles from './record.module.css';

const labels: Record<HandleKind, 'form.email' | 'form.phone' | 'form.wechat' | 'form.linkedin'> = {
  EMAIL: 'form.email', PHONE: 'form.phone', WECHAT: 'form.wechat', LINKEDIN: 'form.linkedin',
};

/** Where an address leads; null for what no program of the reader opens. */
export function hrefOf({ kind, normalised }: { kind: HandleKind; normalised: string }): string | null {
  if (kind === 'EMAIL') return `mailto:${encodeURIComponent(normalised).replace('%40', '@')}`;
  if (kind === 'PHONE') return `tel:${normalised}`;
  return kind === 'LINKEDIN' ? `https://www.linkedin.com/in/${encodeURIComponent(normalised)}` : null;
}

/** How to reach the person. */
export function Handles(props: { person: PersonRecordFragment }): JSX.Element {
  const copy = async (text: string): Promise<void> => {
    if (await copyText(text)) showToast(t('record.copied'));
  };
  return (
    <section class={styles['section']} aria-label={t('record.handles')}>
      <h2>{t('record.handles')}</h2>
      <dl class={styles['handles']}>
        <For each={props.person.handles}>
          {(handle) => (
            <div class={styles['handle']}>
              <dt>{t(labels[handle.kind])}</dt>
              <dd>
                <span class={styles['address']} title={handle.raw}>
                  {hrefOf(handle) ? (
                    <a href={hrefOf(handle)!} target={handle.kind === 'LINKEDIN' ? '_blank' : undefined} rel="noreferrer">
                      {handle.raw}
                    </a>
                  ) : (
                    handle.raw
                  )}
                </span>
                <IconButton size="small" label={t('record.copy', handle.raw)} onClick={() => void copy(handle.raw)}>
                  <Copy size={14} />
                </IconButton>
              </dd>
            </div>
          )}
        </For>
      </dl>
    </section>
  );
}
