import type { JSX } from 'solid-js';
import { Skeleton } from '../../../ui/skeleton/Skeleton.tsx';
import { t } from '../inbox.messages.ts';
import styles from './side.module.css';

/** In the place of a record that is on its way. */
export function Loading(): JSX.Element {
  return (
    <div class={styles.loading} role="status" aria-label={t('side.loading')}>
      <Skeleton width="40%" height="12px" />
      <Skeleton height="14px" />
      <Skeleton height="14px" />
      <Skeleton width="70%" height="14px" />
    </div>
  );
}
