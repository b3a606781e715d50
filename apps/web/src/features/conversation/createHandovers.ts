import type { ConnectionState, TimelineItem } from '@baton/messaging';
import { createEffect, createMemo, createSignal, on, type Accessor } from 'solid-js';
import type { ConversationReaders, VaultCommands } from '../../session/contract.ts';

type Handover = ConversationReaders['handovers'][number];

interface HandoversOptions {
  vault: Pick<VaultCommands, 'readers'>;
  connection: Accessor<ConnectionState>;
  conversationId: string;
  items: Accessor<readonly TimelineItem[]>;
}

/** The handovers of a conversation's project by line of its signed log, asked for when its room names one. Null: none is there. */
export function createHandovers({ vault, connection, conversationId, items }: HandoversOptions): (seq: number) => Handover | null {
  const [known, setKnown] = createSignal<readonly Handover[]>([]);
  const find = (seq: number): Handover | null => known().find((handover) => handover.seq === seq) ?? null;
  const newest = createMemo(() => Math.max(-1, ...items().flatMap((item) => (item.kind === 'handover' ? [item.seq] : []))));
  createEffect(
    on([newest, connection], ([seq, state]) => {
      if (seq < 0 || state !== 'online' || find(seq) !== null) return;
      // Asked again with the next line, or when the connection is back.
      vault.readers(conversationId).then((readers) => setKnown(readers?.handovers ?? []), () => undefined);
    }),
  );
  return find;
}
