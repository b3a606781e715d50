import FileSpreadsheet from 'lucide-solid/icons/file-spreadsheet';
import { createSignal, Show, type JSX } from 'solid-js';
import { Banner } from '../../ui/banner/Banner.tsx';
import { Button } from '../../ui/button/Button.tsx';
import type { Import } from './createImport.ts';
import { t } from './import.messages.ts';
import styles from './import.module.css';

/** Where the file comes from: dropped, or chosen. */
export function FileStep(props: { model: Import }): JSX.Element {
  const [over, setOver] = createSignal(false);
  let input!: HTMLInputElement;
  const take = (files: FileList | null | undefined): void => {
    const file = files?.[0];
    if (file) void props.model.choose(file);
  };
  return (
    <>
      <div
        class={styles['drop']}
        classList={{ [styles['over']!]: over() }}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer?.files);
        }}
      >
        <FileSpreadsheet size={32} aria-hidden="true" />
        <p>
          {t('drop')}{' '}
          <Button size="small" onClick={() => input.click()}>
            {t('choose')}
          </Button>
        </p>
        <p class={styles['quiet']}>{t('dropHint')}</p>
        <input ref={input} type="file" accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values" hidden aria-label={t('choose')} onChange={(event) => take(event.currentTarget.files)} />
      </div>
      <Show when={props.model.problem()}>{(problem) => <Banner tone="bad">{t(problem())}</Banner>}</Show>
    </>
  );
}
