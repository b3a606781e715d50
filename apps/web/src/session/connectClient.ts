import { connect, remote, type Shape } from '@baton/messaging/worker';
import type { TimelineState } from '@baton/messaging';
import { trustedScriptUrl } from '../platform/offline/trustedUrl.ts';
import workerUrl from '../worker.ts?worker&url';
import { clientName } from './clientName.ts';
import type { BatonClient } from './contract.ts';

const emptyTimeline = (roomId: string): TimelineState => ({ roomId, items: [], hasEarlier: false, loadingEarlier: false, firstUnread: null, typing: [] });

/** What a page shows until the worker has spoken. */
const shape: Shape<BatonClient> = {
  status: { initial: { phase: 'loading' }, settled: (status) => status.phase !== 'loading' },
  account: {},
  conversations: { list: { initial: [], settled: (list) => list.length > 0 }, teamRooms: { initial: [], settled: (rooms) => rooms.length > 0 } },
  vault: {},
  kit: {},
  exports: { readRoom: () => ({ state: { initial: { phase: 'reading', pages: 0 }, settled: (reading) => reading.phase !== 'reading' } }) },
  messaging: {
    connection: { initial: 'starting', settled: (state) => state !== 'starting' },
    rooms: { initial: [], settled: (rooms) => rooms.length > 0 },
    readReceipts: { initial: true },
    openTimeline: (roomId: string) => ({ state: { initial: emptyTimeline(roomId), settled: (state) => state.items.length > 0 } }),
  },
};

/** The client of this page: commands and states of the worker that this tab, or another one, runs. */
export function connectClient(): BatonClient {
  return remote<BatonClient>(connect(clientName, () => new Worker(trustedScriptUrl(workerUrl), { type: 'module', name: clientName })), shape);
}
