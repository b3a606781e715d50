import Eye from 'lucide-solid/icons/eye';
import { For, type JSX } from 'solid-js';
import { Banner } from '../../ui/banner/Banner.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { Contents, Excluded, Included } from '../../ui/contents/Contents.tsx';
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
        <Contents
          within={t('within')}
          included={<For each={['threads', 'teamRoom', 'people', 'proof'] as const}>{(good) => <Included>{t(good)}</Included>}</For>}
          without={t('without')}
          excluded={<For each={['drafts', 'keys', 'others'] as const}>{(good) => <Excluded>{t(good)}</Excluded>}</For>}
        />
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
