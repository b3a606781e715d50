import type { MessageItem } from '@baton/messaging';
import Copy from 'lucide-solid/icons/copy';
import Reply from 'lucide-solid/icons/reply';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import { createMemo, lazy, on, Show, Suspense, type JSX } from 'solid-js';
import { formatDate, formatList, formatTime } from '../../../platform/i18n/format.ts';
import { DeliveryMark } from '../../../ui/delivery-mark/DeliveryMark.tsx';
import { visuallyHidden } from '../../../ui/visually-hidden/visuallyHidden.ts';
import { createTouchActions } from '../createTouchActions.ts';
import type { Entry } from '../groupDays.ts';
import { isEmojiOnly, scriptOf } from '../text/scriptOf.ts';
import { t, useThread } from '../threadContext.ts';
import { MessageBody } from './MessageBody.tsx';
import { NoteHead } from './NoteHead.tsx';
import { Quote } from './Quote.tsx';
import styles from './tiles.module.css';

const HeldNote = lazy(async () => ({ default: (await import('./HeldNote.tsx')).HeldNote }));
const FailedNote = lazy(async () => ({ default: (await import('./FailedNote.tsx')).FailedNote }));

/** A text message: bubble with quote, text, time and ticks; actions beside it for a mouse, by touch for a finger. */
export function MessageTile(props: { entry: Entry }): JSX.Element {
  const thread = useThread();
  const item = () => props.entry.item as MessageItem;
  const name = () => (item().mine ? t('you') : thread.nameOf(item().sender));
  const showsName = () => thread.showNames() && !item().mine && (props.entry.place === 'only' || props.entry.place === 'first');
  const touch = createTouchActions({ onSwipe: () => thread.reply(item()), onHold: () => thread.openMenu(item()) });
  const note = () => {
    const on = item().noteOn;
    return on !== undefined && thread.noteTarget(on) !== null ? on : null;
  };
  // The item is a new one with each tick; its card stays.
  const card = createMemo(on(() => item().key, () => (item().card ? thread.cardFor(item().card!) : null)));
  const tabindex = () => (thread.isCurrent(item().key) ? 0 : -1);

  return (
    <div class={styles.message} classList={{ [styles.mine!]: item().mine }} data-place={props.entry.place}>
      <Show when={showsName()} fallback={<span class={visuallyHidden}>{t('saidBy', name())}</span>}>
        <span class={styles.name}>{name()}</span>
      </Show>
      <div class={styles.line}>
        <div
          class={styles.bubble}
          classList={{ [styles.card!]: card() !== null, [styles.large!]: isEmojiOnly(item().body) && !item().reply, [styles.pending!]: item().status === 'queued', [styles.note!]: note() !== null }}
          data-place={props.entry.place}
          style={{ transform: touch.offset() === 0 ? undefined : `translateX(${touch.offset()}px)` }}
          {...touch.handlers}
        >
          <Show when={note()}>{(id) => <NoteHead conversationId={id()} />}</Show>
          <Show when={item().reply}>{(reply) => <Quote reply={reply()} />}</Show>
          <Show
            when={card()}
            fallback={
              <span lang={scriptOf(item().body)}>
                <MessageBody text={item().body} />
              </span>
            }
          >
            {(show) => show()()}
          </Show>
          <span class={styles.meta}>
            <Show when={item().authenticity === 'unverified'}>
              <span role="img" aria-label={t('unverified')} title={t('unverified')} class={styles.unverified}>
                <TriangleAlert size={12} aria-hidden="true" />
              </span>
            </Show>
            <time class={styles.time} datetime={new Date(item().at).toISOString()} title={formatDate(item().at, { dateStyle: 'full', timeStyle: 'short' })}>
              {formatTime(item().at)}
            </time>
            <Show when={item().status}>{(status) => <DeliveryMark state={status()} label={statusLabel(item(), thread.nameOf)} />}</Show>
          </span>
        </div>
        <div class={styles.actions}>
          <button type="button" tabindex={tabindex()} aria-label={t('action.reply')} title={t('action.reply')} onClick={() => thread.reply(item())}>
            <Reply size={16} aria-hidden="true" />
          </button>
          <button type="button" tabindex={tabindex()} aria-label={t('action.copy')} title={t('action.copy')} onClick={() => thread.copy(item())}>
            <Copy size={15} aria-hidden="true" />
          </button>
        </div>
      </div>
      <Show when={item().status === 'failed'}>
        <Suspense>
          <FailedNote item={item()} />
        </Suspense>
      </Show>
      <Show when={item().status === 'queued' && item().failure}>
        <Suspense>
          <HeldNote item={item()} />
        </Suspense>
      </Show>
    </div>
  );
}

/** The state in words, with who has it where that is known. */
function statusLabel({ status, reached }: MessageItem, nameOf: (mxid: string) => string): string {
  if (status === null) return '';
  const lines = [t(`status.${status}`)];
  const delivered = reached.delivered.filter((mxid) => !reached.read.includes(mxid));
  if (reached.read.length > 0) lines[0] = t('status.readBy', formatList(reached.read.map(nameOf)));
  if (delivered.length > 0) lines[reached.read.length > 0 ? 1 : 0] = t('status.deliveredTo', formatList(delivered.map(nameOf)));
  return lines.join('\n');
}
