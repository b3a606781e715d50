import { isBatonError } from '@baton/base';
import type { MessageContent, MessageItem, MessagingSession } from '@baton/messaging';
import { createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js';
import { charactersLeft } from '../text/limit.ts';

const draftDelayMs = 500;
const typingRefreshMs = 8_000;
const typingIdleMs = 5_000;

/** Texts that are being written, by thread: they outlive a sign-in page that comes in between. Memory only. */
const unfinished = new Map<string, string>();

export interface ComposerOptions {
  messaging: MessagingSession;
  /** A thread's lasting name, also while its room's id changes from a placeholder to the real one. */
  threadId: string;
  roomId: () => string;
  /** Shows and sends; rejects with a BatonError when the message could not be kept. */
  send: (content: MessageContent) => Promise<void>;
}

export type ReplyTarget = NonNullable<MessageContent['reply']>;
export type Composer = ReturnType<typeof createComposer>;

/** What is being written in a thread: text, quote, draft, typing notice, and the sentence when it can't be sent. */
export function createComposer({ messaging, threadId, roomId, send }: ComposerOptions) {
  const draftOf = () => messaging.rooms.current().find((room) => room.roomId === roomId())?.draft ?? null;
  let savedDraft = draftOf() ?? '';
  /** What the list of rooms last said. It comes a moment later than what was saved here. */
  let seenDraft = savedDraft;
  /** Saved here, and not seen in the list yet. */
  const ownDrafts: string[] = [];
  const [text, setText] = createSignal(unfinished.get(threadId) ?? savedDraft);
  const [reply, setReply] = createSignal<ReplyTarget | null>(null);
  const [failure, setFailure] = createSignal<string | null>(null);
  const left = createMemo(() => charactersLeft(text().trim()));
  let draftTimer: ReturnType<typeof setTimeout> | undefined;
  let typingTimer: ReturnType<typeof setTimeout> | undefined;
  let typingSince = 0;

  function saveDraft(): void {
    clearTimeout(draftTimer);
    draftTimer = undefined;
    const draft = text();
    if (draft === savedDraft) return;
    savedDraft = draft;
    ownDrafts.push(draft);
    // A device without room for a draft must not interrupt the writing; the text stays in memory.
    messaging.saveDraft(roomId(), draft).catch(() => {
      savedDraft = '';
      ownDrafts.length = 0;
    });
  }

  function tellTyping(typing: boolean): void {
    clearTimeout(typingTimer);
    if (typing) typingTimer = setTimeout(() => tellTyping(false), typingIdleMs);
    const now = Date.now();
    if (typing ? now - typingSince < typingRefreshMs : typingSince === 0) return;
    typingSince = typing ? now : 0;
    messaging.setTyping(roomId(), typing).catch(() => undefined);
  }

  function put(next: string): void {
    setText(next);
    setFailure(null);
    if (next === '') unfinished.delete(threadId);
    else unfinished.set(threadId, next);
    clearTimeout(draftTimer);
    draftTimer = setTimeout(saveDraft, draftDelayMs);
  }

  // The draft may come after the page (the store opens late), or from another device: taken while nobody types here.
  const unsubscribe = messaging.rooms.subscribe((rooms) => {
    // A session that has ended takes its rooms away; what is written stays.
    if (rooms.length === 0) return;
    const draft = draftOf() ?? '';
    if (draft === seenDraft) return;
    seenDraft = draft;
    const own = ownDrafts.indexOf(draft);
    ownDrafts.splice(0, own + 1);
    if (own !== -1 || draftTimer !== undefined || text() !== savedDraft) return;
    savedDraft = draft;
    setText(draft);
  });
  createEffect(on(roomId, () => text() !== '' && put(text()), { defer: true }));
  onCleanup(() => {
    unsubscribe();
    saveDraft();
    tellTyping(false);
    clearTimeout(typingTimer);
  });

  return {
    text,
    reply,
    /** Code of the reason why the text was not sent. */
    failure,
    /** How many characters still go in, below zero: how many are too many; null far from the limit. */
    charactersLeft: left,
    canSend: () => text().trim() !== '',

    input(next: string): void {
      put(next);
      tellTyping(next.trim() !== '');
    },

    /** Called when the field gets the focus: keys are shared before the first message needs them. */
    warmUp(): void {
      messaging.prepare(roomId()).catch(() => undefined);
    },

    saveDraft,
    replyTo: (target: ReplyTarget) => void setReply(target),
    cancelReply: () => void setReply(null),
    dismissFailure: () => void setFailure(null),

    /** Sends what is written. The field is empty at once, and filled again when the message could not be kept. */
    async submit(): Promise<void> {
      const body = text().trim();
      if (body === '') return;
      if ((charactersLeft(body) ?? 0) < 0) return void setFailure('MESSAGE_TOO_LONG');
      const quote = reply();
      // First of all: the message is on its way while the page is still being painted.
      const sending = send({ body, ...(quote ? { reply: quote } : {}) });
      put('');
      setReply(null);
      tellTyping(false);
      try {
        await sending;
      } catch (error) {
        put([body, text()].filter(Boolean).join('\n'));
        setReply((current) => current ?? quote);
        setFailure(isBatonError(error) ? error.code : 'UNEXPECTED');
      }
      saveDraft();
    },

    /** Takes an own message that has not gone out back into the field. Nothing happens when it has gone after all. */
    async takeBack(item: MessageItem): Promise<void> {
      try {
        await messaging.discard(roomId(), item.key);
      } catch {
        return;
      }
      put([item.body, text()].filter(Boolean).join('\n'));
      if (item.reply) setReply({ eventId: item.reply.eventId, sender: item.reply.sender, excerpt: item.reply.excerpt });
    },
  };
}
