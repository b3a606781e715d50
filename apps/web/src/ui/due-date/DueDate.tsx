import { type JSX } from 'solid-js';
import { formatDate } from '../../platform/i18n/format.ts';
import styles from './due-date.module.css';
import { t } from './dueDate.messages.ts';
import { daysUntil, startOf } from './plainDate.ts';

/** Until when something is to be done, in words; overdue and today also in colour. `on` is a plain date, `2026-11-30`. */
export function DueDate(props: { on: string }): JSX.Element {
  const days = (): number => daysUntil(props.on, Date.now());
  const isThisYear = (): boolean => startOf(props.on).getFullYear() === new Date().getFullYear();
  const words = (): string => {
    if (days() < 0) return t('overdue', -days());
    if (days() < 2) return days() === 0 ? t('today') : t('tomorrow');
    return t('on', formatDate(startOf(props.on), { day: 'numeric', month: 'short', ...(isThisYear() ? {} : { year: 'numeric' }) }));
  };
  return (
    <time class={styles['due']} datetime={props.on} title={formatDate(startOf(props.on), { dateStyle: 'full' })} data-due={days() < 0 ? 'past' : days() === 0 ? 'today' : undefined}>
      {words()}
    </time>
  );
}
