import Check from 'lucide-solid/icons/check';
import Eye from 'lucide-solid/icons/eye';
import Minus from 'lucide-solid/icons/minus';
import { For, type JSX } from 'solid-js';
import { Banner } from '../../ui/banner/Banner.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { Sheet } from '../../ui/sheet/Sheet.tsx';
import { t } from './export.messages.ts';
import styles from './export.module.css';
import type { ExportWish } from './wish.ts';

interface ExportDialogProps {
  wish: ExportWish;
  onExport(): void;
  onClose(): void;
}

/** What goes into an archive, what does not, and who can read it then. */
export function ExportDialog(props: ExportDialogProps): JSX.Element {
  return (
    <Sheet
      open
      onClose={() => props.onClose()}
      title={t('titleOf', props.wish.name)}
      description={t('lead')}
      footer={
        <>
          <Button onClick={() => props.onClose()}>{t('cancel')}</Button>
          <Button variant="primary" onClick={() => props.onExport()}>
            {t('submit')}
          </Button>
        </>
      }
    >
      <div class={styles['choice']}>
        <div class={styles['goods']}>
          <section>
            <h3 class={styles['legend']}>{t('within')}</h3>
            <ul>
              <For each={['threads', 'teamRoom', 'people', 'proof'] as const}>
                {(good) => (
                  <li class={styles['good']}>
                    <Check size={14} />
                    <span>{t(good)}</span>
                  </li>
                )}
              </For>
            </ul>
          </section>
          <section>
            <h3 class={styles['legend']}>{t('without')}</h3>
            <ul>
              <For each={['drafts', 'keys', 'others'] as const}>
                {(good) => (
                  <li class={styles['good']} data-out="">
                    <Minus size={14} />
                    <span>{t(good)}</span>
                  </li>
                )}
              </For>
            </ul>
          </section>
        </div>
        <Banner tone="warn" icon={<Eye />}>
          {t('readable')}
        </Banner>
        <p class={styles['quiet']}>
          {t('recorded')} {t('language')}
        </p>
      </div>
    </Sheet>
  );
}
