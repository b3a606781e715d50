import { makeSubject } from '@baton/base';
import type { ExportCommands, RoomReading } from '../../exportContract.ts';
import type { ClientState } from '../clientState.ts';

/** Begins to read a room. Apart from the other commands: what is followed has to be there at once, the reading itself is loaded. */
export function makeRoomReader(state: ClientState): ExportCommands['readRoom'] {
  return (projectId, roomId) => {
    const reading = makeSubject<RoomReading>({ phase: 'reading', pages: 0 });
    const end = new AbortController();
    const read = async (): Promise<void> => {
      const { readRoom } = await import('./readRoom.ts');
      await readRoom({ session: () => state.session(), report: state.deps.report }, { projectId, roomId, signal: end.signal, tell: reading.set });
    };
    read().catch((error: unknown) => {
      state.deps.report(error);
      reading.set({ phase: 'failed', code: 'OFFLINE' });
    });
    return { state: reading, close: () => end.abort() };
  };
}
