import { fromBase64, fromJsonBytes, toBase64, toJsonBytes } from '../encoding.ts';
import type { Sealer } from '../ports.ts';

/** Room account data as the server sees it: only we can read it. The room's id is sealed in, so that it can't be moved to another. */
export async function sealForRoom(sealer: Sealer, roomId: string, value: object): Promise<Record<string, unknown>> {
  return { v: 1, sealed: toBase64(await sealer.seal(toJsonBytes({ roomId, value }))) };
}

/** Opens what `sealForRoom` made; null when it is damaged, foreign, or from another room. */
export async function openForRoom<T>(sealer: Sealer, roomId: string, content: Record<string, unknown>): Promise<T | null> {
  if (typeof content['sealed'] !== 'string') return null;
  try {
    const opened = fromJsonBytes<{ roomId: string; value: T }>(await sealer.open(fromBase64(content['sealed'])));
    return opened.roomId === roomId ? opened.value : null;
  } catch {
    return null;
  }
}

/** The same for what belongs to no room. */
export const sealForAccount = (sealer: Sealer, value: object): Promise<Record<string, unknown>> => sealForRoom(sealer, '', value);
export const openForAccount = <T>(sealer: Sealer, content: Record<string, unknown>): Promise<T | null> => openForRoom<T>(sealer, '', content);
