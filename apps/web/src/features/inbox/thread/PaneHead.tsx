import ChevronLeft from 'lucide-solid/icons/chevron-left';
import Lock from 'lucide-solid/icons/lock';
import PanelRight from 'lucide-solid/icons/panel-right';
import type { JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { createMediaQuery, phoneQuery } from '../../../platform/media/createMediaQuery.ts';
import { IconButton } from '../../../ui/icon-button/IconButton.tsx';
import { Link } from '../../../ui/link/Link.tsx';
import { Popover } from '../../../ui/popover/Popover.tsx';
import { t } from '../inbox.messages.ts';
import styles from './thread-pane.module.css';

export interface PaneHeadProps {
  name: string;
  /** Stands before the name on a phone. */
  mark: JSX.Element;
  /** The line under the name. */
  children: JSX.Element;
  /** On the pill. */
  readers: string;
  /** What the pill opens. */
  whoReads: JSX.Element;
  backHref: string;
  detailsShown: boolean;
  onDetails(): void;
}

/** The head of a thread: whom it is with, who can read it, and the way to the details. */
export function PaneHead(props: PaneHeadProps): JSX.Element {
  // On a phone the thread is a page of its own, and this its heading.
  const isPage = createMediaQuery(phoneQuery);
  return (
    <header class={styles.head}>
      <Link href={props.backHref} look="plain" class={styles.back} aria-label={t('thread.back')}>
        <ChevronLeft size={24} aria-hidden="true" />
      </Link>
      <span class={styles.avatar}>{props.mark}</span>
      <div class={styles.who}>
        <Dynamic component={isPage() ? 'h1' : 'h2'}>{props.name}</Dynamic>
        <p>{props.children}</p>
      </div>
      <Popover
        label={t('side.readers')}
        placement="bottom-end"
        trigger={(trigger) => (
          <button {...trigger} type="button" class={styles.pill} aria-label={props.readers}>
            <Lock size={14} aria-hidden="true" />
            <span>{props.readers}</span>
          </button>
        )}
      >
        <div class={styles.readers}>{props.whoReads}</div>
      </Popover>
      <IconButton label={t('thread.details')} shortcut="i" pressed={props.detailsShown} onClick={() => props.onDetails()}>
        <PanelRight size={18} />
      </IconButton>
    </header>
  );
}
