import { makeSubject, type Subscribable } from '@baton/base';
import type { Context } from '../context.ts';
import { openForAccount, sealForAccount } from '../rooms/sealedData.ts';

/** Account data with what the person wants of read receipts. */
export const sharingType = 'com.baton.read_receipts';

/** What this device remembers of it. `told`: the person's other devices can know. */
export interface ReadSharingRecord {
  read(): Promise<{ shown: boolean; told: boolean } | null>;
  write(value: { shown: boolean; told: boolean }): Promise<void>;
}

/** Whether others hear what this person has read: one choice for all their devices. */
export interface ReadSharing {
  readonly shown: Subscribable<boolean>;
  set(shown: boolean): Promise<void>;
  /** Takes what a sync says of it, undefined for nothing: unless it was changed here and nobody knows yet. */
  take(content: Record<string, unknown> | undefined): Promise<void>;
  /** Tells the other devices what they could not be told. */
  tell(): void;
}

/**
 * Opens what this device remembers. One that remembers nothing says nothing of reading before its first sync, which may
 * bring the person's choice. `decided` is called when it is known, or another.
 */
export async function openReadSharing(context: Context, record: ReadSharingRecord | undefined, decided: () => void): Promise<ReadSharing> {
  const stored = record ? await record.read() : { shown: true, told: true };
  const shown = makeSubject(stored?.shown ?? true);
  let told = stored?.told ?? true;
  if (stored === null) context.reading = 'unknown';
  else context.reading = stored.shown ? 'shared' : 'private';

  const keep = async (next: { shown: boolean; told: boolean }): Promise<void> => {
    const reading = next.shown ? 'shared' : 'private';
    const changed = reading !== context.reading;
    context.reading = reading;
    told = next.told;
    shown.set(next.shown);
    await record?.write(next);
    if (!changed) return;
    // Every tick may look different now.
    for (const room of context.rooms.values()) context.changed(room);
    decided();
  };
  const tell = async (): Promise<void> => {
    const { homeserver } = context;
    if (told || !homeserver || context.stopped) return;
    const now = shown.current();
    await homeserver.setAccountData(sharingType, await sealForAccount(context.accountDataSealer, { shown: now }));
    if (shown.current() === now) await keep({ shown: now, told: true });
  };
  /** A failure is made good when the connection comes back. */
  const tellSoon = (): void => void tell().catch(() => undefined);

  return {
    shown,
    set: async (next) => {
      await keep({ shown: next, told: false });
      tellSoon();
    },
    take: async (content) => {
      if (!told) return;
      const opened = content && (await openForAccount<{ shown: boolean }>(context.accountDataSealer, content));
      if (typeof opened?.shown === 'boolean') await keep({ shown: opened.shown, told: true });
      else if (context.reading === 'unknown') await keep({ shown: true, told: true });
    },
    tell: tellSoon,
  };
}
