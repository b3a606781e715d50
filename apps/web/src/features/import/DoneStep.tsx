import CircleCheck from 'lucide-solid/icons/circle-check';
import { Show, type JSX } from 'solid-js';
import { Button } from '../../ui/button/Button.tsx';
import { Link } from '../../ui/link/Link.tsx';
import type { Import, ImportSummary } from './createImport.ts';
import { t } from './import.messages.ts';
import styles from './import.module.css';

/** It is done; where to go from here. */
export function DoneStep(props: { model: Import; result: ImportSummary }): JSX.Element {
  return (
    <div class={styles['done']}>
      <CircleCheck size={32} aria-hidden="true" />
      <h2>{t('done')}</h2>
      <p role="status">{t('result', props.result.created, props.result.updated, props.result.unchanged, props.result.refused + (props.model.table()?.broken.length ?? 0))}</p>
      <p class={styles['quiet']}>{t('doneText')}</p>
      <div class={styles['buttons']}>
        <Button onClick={() => props.model.restart()}>{t('another')}</Button>
        <Show when={props.model.projectId()} fallback={<Link look="primary" href="/people">{t('toPeople')}</Link>}>
          {(id) => (
            <Link look="primary" href={`/projects/${id()}`}>
              {t('toProject')}
            </Link>
          )}
        </Show>
      </div>
    </div>
  );
}
